// The names for which no place was found, with the reason, so that nothing is lost silently.
import { h, lazyList } from "./dom.js";
import { surface } from "./model.js";
import { articleHash } from "./route.js";
import { byName, count, number, WORDS } from "./words.js";

export const unresolvedNames = (model) => {
  const list = h("ul", { class: "rows" });
  const tally = h("span", { class: "tally" });
  const element = h(
    "details",
    { class: "unresolved" },
    h("summary", { "data-key": "unresolved" }, WORDS.unresolved, tally),
    list,
  );
  let names = new Map();
  const row = ([name, mentions]) =>
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
    );
  const fill = () => {
    list.replaceChildren();
    lazyList(
      list,
      [...names].sort(([a], [b]) => byName(a, b)),
      row,
      null,
    );
  };
  element.addEventListener("toggle", () => element.open && fill());
  const refresh = () => {
    names = new Map();
    for (const mention of model.unresolved) {
      if (mention.article.fails) continue;
      const name = surface(mention);
      if (names.has(name)) names.get(name).push(mention);
      else names.set(name, [mention]);
    }
    element.hidden = !names.size;
    tally.textContent = number(names.size);
    if (element.open) fill();
  };
  return { element, refresh };
};
