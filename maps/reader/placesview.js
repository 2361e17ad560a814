// The list of places: country by country, with counts; and at its end the names without a place.
import { h, lazyList } from "./dom.js";
import { listHead, roleSwitches } from "./head.js";
import { fold, isCountry, spellings, surface } from "./model.js";
import { articleHash, placeHash } from "./route.js";
import { shape, stepFor } from "./shapes.js";
import { count, kindOf, number, WORDS } from "./words.js";

const GLYPH = 20;

const glyph = (place) => {
  const { role, score } = place.shown;
  const literalArea = role === 0 && place.area;
  return literalArea
    ? h("span", {
        class: `glyph ${isCountry(place) ? "wash" : "scale"}-${stepFor(place.shown.passages)}`,
        "aria-hidden": "true",
      })
    : shape({ role: Math.max(role, 0), score, radius: 5, size: GLYPH });
};

/** One place of a list, as a link to its passages. */
export const placeRow = (place, light) =>
  h(
    "li",
    {},
    h(
      "a",
      {
        class: "row",
        href: placeHash(place),
        "data-place": place.index,
        "data-key": `place ${place.id}`,
        onmouseenter: () => light(place),
        onmouseleave: () => light(null),
        onfocus: () => light(place),
        onblur: () => light(null),
      },
      glyph(place),
      h("span", { class: "row-name", dir: "auto" }, place.name),
      h(
        "span",
        { class: "row-more" },
        isCountry(place)
          ? kindOf(place)
          : [kindOf(place), place.admin1 === place.name ? "" : place.admin1].filter(Boolean).join(", "),
      ),
      h(
        "span",
        { class: "row-count" },
        number(place.shown.passages),
        h("span", { class: "unseen" }, place.shown.passages === 1 ? " passage" : " passages"),
      ),
    ),
  );

/** Countries with their places, those most spoken of first. */
const byCountry = (places) => {
  const groups = new Map();
  for (const place of places) {
    const name = place.countryName || WORDS.elsewhere;
    if (!groups.has(name)) groups.set(name, { name, places: [], passages: 0 });
    const group = groups.get(name);
    group.places.push(place);
    group.passages += place.shown.passages;
  }
  const order = (a, b) => b.passages - a.passages || a.name.localeCompare(b.name, "en");
  for (const group of groups.values()) {
    group.places.sort(
      (a, b) =>
        isCountry(b) - isCountry(a) ||
        b.shown.passages - a.shown.passages ||
        a.name.localeCompare(b.name, "en"),
    );
  }
  return [...groups.values()].sort(order);
};

const unresolvedNames = (model) => {
  const names = new Map();
  for (const mention of model.unresolved) {
    const name = surface(mention);
    if (!names.has(name)) names.set(name, []);
    names.get(name).push(mention);
  }
  if (!names.size) return null;
  const list = h("ul", { class: "rows" });
  const details = h(
    "details",
    { class: "unresolved" },
    h(
      "summary",
      { "data-key": "unresolved" },
      WORDS.unresolved,
      h("span", { class: "tally" }, number(names.size)),
    ),
    list,
  );
  details.addEventListener(
    "toggle",
    () =>
      lazyList(
        list,
        [...names].sort(([a], [b]) => a.localeCompare(b, "en")),
        ([name, mentions]) =>
          h(
            "li",
            { class: "lost" },
            h(
              "a",
              { href: articleHash(mentions[0].article, mentions[0].start), "data-key": `lost ${name}`, dir: "auto" },
              name,
            ),
            h(
              "span",
              { class: "row-more" },
              `${model.reasonOf(mentions[0]) || WORDS.noReason}${mentions.length > 1 ? ` (${count(mentions.length, "mention")})` : ""}`,
            ),
          ),
        null,
      ),
    { once: true },
  );
  return details;
};

export const placesView = ({ model, state, root, light, say }) => {
  const list = h("div", { class: "places" });
  let found = 0;
  const fill = () => {
    const wanted = fold(state.query);
    const known = model.places.filter((place) => place.passages.length > 0);
    const shown = known.filter(
      (place) => place.shown.passages > 0 && (!wanted || spellings(place).includes(wanted)),
    );
    found = shown.length;
    list.replaceChildren();
    if (!known.length) {
      list.append(h("p", { class: "notice" }, `${WORDS.noPlace} ${WORDS.noPlaceMore}`));
    } else if (!shown.length) {
      list.append(h("p", { class: "notice" }, wanted ? WORDS.nothingFound : WORDS.noneOfRole));
    }
    // One flat run of headings and rows, so that it can be made bit by bit.
    const items = byCountry(shown).flatMap((group) => [group, ...group.places]);
    let rows = null;
    lazyList(
      list,
      items,
      (item) => {
        if (item.places) {
          rows = h("ul", { class: "rows" });
          return h(
            "section",
            { class: "country" },
            h("h2", { class: "country-name" }, h("span", {}, item.name), h("span", { class: "tally" }, number(item.passages))),
            rows,
          );
        }
        rows.append(placeRow(item, light));
        return document.createDocumentFragment();
      },
      root,
    );
  };
  const foot = h(
    "footer",
    { class: "foot" },
    unresolvedNames(model),
    h("p", {}, h("a", { href: "#about=", "data-key": "about" }, WORDS.about)),
  );
  const search = () => {
    fill();
    say(found ? count(found, "place") : WORDS.nothingFound);
  };
  fill();
  return {
    element: h(
      "div",
      { class: "view view-places" },
      listHead(model, state, { active: "places", placeholder: WORDS.searchPlaces, search }),
      roleSwitches(model, state),
      list,
      foot,
    ),
    refresh: fill,
  };
};
