// Words in the text of the articles: which have them, and where.
import { folded } from "./filters.js";
import { fold } from "./model.js";

// So much of the text is shown around what is found, in characters.
const BEFORE = 60;
const AFTER = 110;

// Letters that stay as they are but for their case, so that most text needs no normalising.
const PLAIN = /^[\u0020-\u007e\u0400-\u0418\u041a-\u0438\u043a-\u044f]$/;
const GAP = /[\s'’‘ʼ-]/;

/**
 * Fold a text as `fold` does and remember where each character came from: {text, from}, where
 * from[i] is the position in the original of the i-th character.
 */
export const foldWithOrigins = (original) => {
  const from = [];
  let text = "";
  let at = 0;
  for (const character of original) {
    if (GAP.test(character)) {
      if (text && !text.endsWith(" ")) {
        text += " ";
        from.push(at);
      }
    } else {
      const plain = PLAIN.test(character)
        ? character.toLowerCase()
        : character
            .normalize("NFD")
            .replace(/\p{M}+/gu, "")
            .toLowerCase();
      text += plain;
      for (let n = 0; n < plain.length; n += 1) from.push(at);
    }
    at += character.length;
  }
  from.push(original.length);
  return { text, from };
};

/** Where `wanted` stands in a text, folded as it is: [start, end) pairs, at most `most`. */
export const stretchesOf = (original, wanted, most = Infinity) => {
  const { text, from } = foldWithOrigins(original);
  const found = [];
  for (let at = text.indexOf(wanted); at >= 0 && found.length < most; at = text.indexOf(wanted, at + wanted.length)) {
    // The last character's marks belong to it; they end where the next character begins.
    const last = from[at + wanted.length - 1];
    let end = from[at + wanted.length];
    while (end > last + 1 && GAP.test(original[end - 1])) end -= 1;
    found.push([from[at], end]);
  }
  return found;
};

/** The articles among `articles` that say `query`, in their order. */
export const articlesThatSay = (articles, query) => {
  const wanted = fold(query);
  return wanted ? articles.filter((article) => folded(article).includes(wanted)) : articles;
};

/**
 * The first place in an article's text that says `query`, with some of the text around it:
 * {before, hit, after, start, end}; null where only its title or publisher says it.
 */
export const snippet = (article, query) => {
  const [found] = stretchesOf(article.text, fold(query), 1);
  if (!found) return null;
  const [start, end] = found;
  const { text } = article;
  const before = text.slice(Math.max(0, start - BEFORE), start);
  const after = text.slice(end, end + AFTER);
  return {
    start,
    end,
    before: start > BEFORE ? `… ${before.replace(/^\S*\s/, "")}` : before,
    hit: text.slice(start, end),
    after: end + AFTER < text.length ? `${after.replace(/\s\S*$/, "")} …` : after,
  };
};
