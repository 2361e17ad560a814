// The list of the places that are named together with a place, beside the lines on the map.
import { h } from "./dom.js";
import { linksOf } from "./links.js";
import { placeHash } from "./route.js";
import { count, number, WORDS } from "./words.js";

// So many are listed at first.
const LISTED = 12;

/** A disclosure with the places that the passages of `place` name beside it; null where there are none. */
export const linksView = (place, light) => {
  const links = linksOf(place);
  if (!links.length) return null;
  const list = h("ol", { class: "links-list" });
  const fill = (upTo) => {
    const more = links.length - upTo;
    list.replaceChildren(
      ...links.slice(0, upTo).map(({ place: other, amount }) =>
        h(
          "li",
          {},
          h(
            "a",
            {
              href: placeHash(other),
              "data-place": other.index,
              "data-key": `link ${other.id}`,
              onmouseenter: () => light(other),
              onmouseleave: () => light(null),
              onfocus: () => light(other),
              onblur: () => light(null),
            },
            h("span", { dir: "auto" }, other.name),
          ),
          h(
            "span",
            { class: "tally" },
            number(amount),
            h("span", { class: "unseen" }, ` ${count(amount, "passage").replace(/^\S+\s/, "")}`),
          ),
        ),
      ),
    );
    if (more > 0) {
      list.append(
        h(
          "li",
          {},
          h(
            "button",
            { class: "link", type: "button", "data-key": "more links", onclick: () => fill(links.length) },
            WORDS.more.replace("{0}", number(more)),
          ),
        ),
      );
    }
  };
  fill(LISTED);
  return h(
    "details",
    { class: "disclosure links" },
    h(
      "summary",
      { "data-key": "links of place" },
      WORDS.namedTogether,
      " ",
      h("span", { class: "tally" }, number(links.length)),
    ),
    list,
  );
};
