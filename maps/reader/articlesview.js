// The list of articles, newest first.
import { h, lazyList } from "./dom.js";
import { listHead } from "./head.js";
import { fold } from "./model.js";
import { articleHash } from "./route.js";
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

const row = (article) =>
  h(
    "li",
    {},
    h(
      "a",
      { class: "article-row", href: articleHash(article), "data-key": `article ${article.id}` },
      h("span", { class: "article-title", dir: "auto" }, titleOf(article)),
      h("span", { class: "meta" }, dateline(article), h("span", {}, count(article.placed, "place"))),
    ),
  );

export const articlesView = ({ model, state, root, say }) => {
  const list = h("ul", { class: "articles" });
  let found = 0;
  const fill = () => {
    const wanted = fold(state.query);
    const shown = wanted
      ? model.byDate.filter((article) => {
          article.folded ??= fold(`${article.title}\n${article.publisher}\n${article.text}`);
          return article.folded.includes(wanted);
        })
      : model.byDate;
    found = shown.length;
    list.replaceChildren();
    if (!shown.length) list.append(h("li", { class: "notice" }, WORDS.nothingFound));
    lazyList(list, shown, row, root);
  };
  const search = () => {
    fill();
    say(found ? count(found, "article") : WORDS.nothingFound);
  };
  fill();
  return {
    element: h(
      "div",
      { class: "view view-articles" },
      listHead(model, state, { active: "articles", placeholder: WORDS.searchArticles, search }),
      list,
    ),
  };
};
