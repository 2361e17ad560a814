// One whole article, every place name in it marked by what it does there.
import { dateline, titleOf } from "./articlesview.js";
import { h, lazyList } from "./dom.js";
import { whereabouts } from "./model.js";
import { placeHash } from "./route.js";
import { paragraphs, stretches } from "./text.js";
import { count, LIKELY, ROLE_NAMES, ROLES, WORDS } from "./words.js";

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
  if (!place) return h("span", { class: "name name-lost", "data-at": mention.start, title: "not placed" }, text);
  const told = [place.name, whereabouts(place)].filter(Boolean).join(", ");
  return h(
    "a",
    {
      class: `${classes}${mention.score < LIKELY ? " name-unsure" : ""}`,
      href: placeHash(place, place.passages.findIndex((passage) => passage.mentions.includes(mention)) + 1),
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

export const articleView = ({ root, light, fit, arrived }, article, at) => {
  const blocks = paragraphs(article.text);
  const body = h("div", { class: "text", lang: article.language || null });
  const reach = lazyList(
    body,
    blocks,
    ([start, end]) =>
      h(
        "p",
        { dir: "auto" },
        stretches(start, end, article.mentions).map((piece) => {
          const text = article.text.slice(piece.start, piece.end);
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
      { class: "article-head" },
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
              `${count(article.placed, "place")} on the map`,
            )
          : h("span", {}, count(0, "place")),
        address
          ? h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, WORDS.original)
          : null,
      ),
    ),
    body,
  );
  if (at !== null) {
    arrived(() => {
      const block = blocks.findIndex(([, end]) => at < end);
      if (block < 0) return;
      const paragraph = reach(block);
      const found = paragraph.querySelector(`[data-at="${at}"]`) ?? paragraph;
      found.classList.add("found");
      found.scrollIntoView({ block: "center" });
      if (found.matches("a")) found.focus({ preventScroll: true });
    });
  }
  return { element };
};
