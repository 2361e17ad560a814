// The list of articles, newest first.
import { h, lazyList } from "./dom.js";
import { listHead } from "./head.js";
import { articleHash } from "./route.js";
import { articlesThatSay, snippet } from "./search.js";
import { count, longDate, WORDS } from "./words.js";

/** A title that can be read at a glance: a whole paragraph is no title. */
const GLANCE = 140;

export const titleOf = (article) => {
  const title = article.title.trim() || WORDS.untitled;
  return title.length > GLANCE ? `${title.slice(0, GLANCE).replace(/\s\S*$/, "")} …` : title;
};

/** Date and publisher of an article, as elements of one line. */
export const dateline = (article) => [
  article.published
    ? h("time", { datetime: article.published }, longDate(article.published))
    : h("span", {}, WORDS.undated),
  article.inferred ? h("span", { class: "inferred" }, WORDS.inferred) : null,
  article.publisher ? h("span", { dir: "auto" }, article.publisher) : null,
];

/** An article of a list; where words are looked for, with those in its text, to which it opens. */
export const articleHit = (article, query) => {
  const said = query.trim() ? snippet(article, query) : null;
  return h(
    "li",
    {},
    h(
      "a",
      {
        class: "article-row",
        href: said ? articleHash(article, said.start, said.end) : articleHash(article),
        "data-key": `article ${article.id}`,
      },
      h("span", { class: "article-title", dir: "auto" }, titleOf(article)),
      said
        ? h(
            "span",
            { class: "article-said", dir: "auto", lang: article.language || null },
            said.before,
            h("mark", {}, said.hit),
            said.after,
          )
        : null,
      h("span", { class: "meta" }, dateline(article), h("span", {}, count(article.placed, "place"))),
    ),
  );
};

export const articlesView = (given) => {
  const { model, state, root, say } = given;
  const list = h("ul", { class: "articles" });
  let found = 0;
  let reach = null;
  const fill = () => {
    const shown = articlesThatSay(
      model.byDate.filter((article) => article.shown),
      state.query,
    );
    found = shown.length;
    list.replaceChildren();
    if (!shown.length)
      list.append(h("li", { class: "notice" }, state.query.trim() ? WORDS.nothingFound : WORDS.noneLeft));
    only.hidden = !shown.length || !state.query.trim();
    reach = lazyList(list, shown, (article) => articleHit(article, state.query), root);
  };
  const only = h(
    "button",
    { class: "link", type: "button", "data-key": "only these", onclick: () => given.keep(state.query.trim()) },
    WORDS.onlyThese,
  );
  const search = () => {
    fill();
    say(found ? count(found, "article") : WORDS.nothingFound);
  };
  const head = listHead(given, { active: "articles", placeholder: WORDS.searchArticles, search });
  fill();
  return {
    element: h("div", { class: "view view-articles" }, head.element, only, list),
    made: () => reach.made(),
    reach: (amount) => reach(amount - 1),
    refresh: () => {
      head.refresh();
      fill();
    },
  };
};
