// One whole article, every place name in it marked by what it does there.
import { dateline, titleOf } from "./articlesview.js";
import { h, lazyList } from "./dom.js";
import { filterChips } from "./filtersview.js";
import { whereabouts } from "./model.js";
import { passageHash } from "./route.js";
import { directionOf, paragraphs, stretches } from "./text.js";
import { count, LIKELY, put, ROLE_NAMES, ROLES, WORDS } from "./words.js";

/** The address of an article, if it is one that a page may link to. */
const webAddress = (url) => {
  try {
    const address = new URL(url);
    return ["http:", "https:"].includes(address.protocol) ? address.href : null;
  } catch {
    return null;
  }
};

const name = (mention, text, light) => {
  const { place, role } = mention;
  const classes = `name name-${ROLE_NAMES[role]}`;
  if (!place) return h("span", { class: "name name-lost", "data-at": mention.start, title: WORDS.notPlaced }, text);
  const told = [place.name, whereabouts(place)].filter(Boolean).join(", ");
  return h(
    "a",
    {
      class: `${classes}${mention.score < LIKELY ? " name-unsure" : ""}`,
      href: passageHash(mention.passage),
      title: role ? `${told} (${ROLES[role].name.toLowerCase()})` : told,
      "data-place": place.index,
      "data-at": mention.start,
      "data-key": `name ${mention.start}`,
      onmouseenter: () => light(place),
      onmouseleave: () => light(null),
      onfocus: () => light(place),
      onblur: () => light(null),
    },
    text,
  );
};

/** The names of a text with one stretch more that is to be marked, in order; names win where they overlap. */
const withFound = (mentions, at, to) => {
  if (at === null || to === null || mentions.some((one) => one.start < to && one.end > at)) return mentions;
  return [...mentions, { start: at, end: to, isFound: true }].sort((a, b) => a.start - b.start);
};

export const articleView = ({ model, state, root, light, fit, arrived }, article, { at, end: to }) => {
  const blocks = paragraphs(article.text);
  const spans = withFound(article.mentions, at, to);
  const body = h("div", { class: "text", lang: article.language || null });
  const reach = lazyList(
    body,
    blocks,
    ([start, end]) =>
      h(
        "p",
        { dir: "auto" },
        stretches(start, end, spans).map((piece) => {
          const text = article.text.slice(piece.start, piece.end);
          if (piece.span?.isFound) return h("mark", { "data-at": piece.span.start }, text);
          return piece.span ? name(piece.span, text, light) : text;
        }),
      ),
    root,
  );
  const address = webAddress(article.url);
  // Where the title is the text's own first line, it is not set twice.
  const opening = article.title.replace(/\s*(…|\.\.\.)$/, "").trim();
  const repeats = opening !== "" && article.text.trimStart().startsWith(opening);
  const element = h(
    "div",
    { class: "view view-article" },
    h(
      "header",
      { class: "article-head", dir: directionOf(article.text) },
      h(
        "h1",
        { class: repeats ? "article-name article-name-repeated" : "article-name", tabindex: "-1", dir: "auto" },
        repeats ? titleOf(article) : article.title.trim() || WORDS.untitled,
      ),
      h(
        "p",
        { class: "meta" },
        dateline(article),
        article.placed
          ? h(
              "button",
              { class: "link", type: "button", "data-key": "fit", onclick: () => fit(article) },
              put(WORDS.onTheMap, count(article.placed, "place")),
            )
          : h("span", {}, count(0, "place")),
        article.placed && model.articles.length > 1 && String(state.filters.article) !== article.id
          ? h(
              "button",
              {
                class: "link",
                type: "button",
                "data-key": "only",
                onclick: () => state.set({ article: [article.id] }),
              },
              WORDS.onlyArticle,
            )
          : null,
        address ? h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, WORDS.original) : null,
      ),
    ),
    filterChips(model, state).element,
    body,
  );
  if (at !== null) {
    arrived(() => {
      const block = blocks.findIndex(([, end]) => at < end);
      if (block < 0) return;
      const paragraph = reach(block);
      const found =
        paragraph.querySelector(`[data-at="${at}"]`) ??
        [...paragraph.querySelectorAll("[data-at]")].find(
          (one) => to !== null && at <= one.dataset.at && one.dataset.at < to,
        ) ??
        paragraph;
      found.classList.add("found");
      found.scrollIntoView({ block: "center" });
      if (found.matches("a")) found.focus({ preventScroll: true });
    });
  }
  return { element, made: () => reach.made(), reach: (amount) => reach(amount - 1) };
};
