// The filters: how the address writes them, and what each article, place and name fails.
import { fold, isCountry } from "./model.js";
import { ROLE_NAMES } from "./words.js";

/** A bit for each filter, so that what fails several is known by all of them. */
export const FAILS = {
  article: 1,
  publisher: 2,
  dates: 4,
  words: 8,
  country: 16,
  kind: 32,
  roles: 64,
  score: 128,
  fresh: 256,
};

/** No filter: only the literal places, as a page opens. */
export const NONE = Object.freeze({
  article: [],
  publisher: [],
  dates: null,
  words: "",
  country: [],
  kind: [],
  roles: 1,
  score: null,
  fresh: false,
});

const DAY = /^\d{4}-\d\d-\d\d$/;

const day = (text) => (DAY.test(text ?? "") && !Number.isNaN(Date.parse(text)) ? text : null);

// Lists, as [name in the address, field].
const LISTS = [
  ["only", "article"],
  ["by", "publisher"],
  ["country", "country"],
  ["kind", "kind"],
];

const readDates = (given) => {
  const [from, to] = [day(given.get("from")), day(given.get("to"))];
  if (from && to && from > to) return null;
  const undated = given.has("undated");
  return from || to || undated ? { from, to, undated } : null;
};

const readScore = (written) => {
  const [least, below] = (written ?? "").split("..").map(Number.parseFloat);
  return least >= 0 && below <= 1.01 && least < below ? [least, below] : null;
};

/** The filters that an address's parameters name; what they do not understand is left out. */
export const readFilters = (given) => {
  const filters = { ...NONE };
  for (const [name, field] of LISTS) filters[field] = [...new Set(given.getAll(name))];
  filters.dates = readDates(given);
  filters.words = (given.get("text") ?? "").trim();
  filters.score = readScore(given.get("score"));
  filters.fresh = given.has("new");
  const roles = given.getAll("role").reduce((all, name) => all | ((1 << ROLE_NAMES.indexOf(name)) & 15), 0);
  if (given.has("role")) filters.roles = roles || NONE.roles;
  return filters;
};

/** Write the filters that are on into the parameters of an address. */
export const writeFilters = (filters, written) => {
  for (const [name, field] of LISTS) for (const value of filters[field]) written.append(name, value);
  const { dates, score } = filters;
  if (dates?.from) written.set("from", dates.from);
  if (dates?.to) written.set("to", dates.to);
  if (dates?.undated) written.set("undated", "");
  if (filters.words) written.set("text", filters.words);
  if (score) written.set("score", score.join(".."));
  if (filters.fresh) written.set("new", "");
  if (filters.roles !== NONE.roles) {
    for (const [role, name] of ROLE_NAMES.entries()) if (filters.roles & (1 << role)) written.append("role", name);
  }
};

/** The names of the filters that are on. */
export const activeFields = (filters) =>
  Object.keys(NONE).filter((field) =>
    Array.isArray(NONE[field]) ? filters[field].length > 0 : filters[field] !== NONE[field],
  );

/** The broad kind of a place, by which it is filtered: a country, else its feature class. */
export const groupOf = (place) =>
  isCountry(place) ? "country" : /^[APHTLSRUV]$/.test(place.class) ? place.class : "other";

/** All that can be searched of an article, folded; made when first asked for. */
export const folded = (article) => {
  article.folded ??= fold(`${article.title}\n${article.publisher}\n${article.text}`);
  return article.folded;
};

const fitsDates = ({ from, to, undated }, published) =>
  published === null
    ? undated
    : (from !== null || to !== null) && (from === null || published >= from) && (to === null || published <= to);

/** Write into each article and each mention which filters it fails, as bits: 0 for none. */
export const judge = (model, filters) => {
  const { dates, score, fresh, roles } = filters;
  const chosen = Object.fromEntries(
    LISTS.map(([, field]) => [field, filters[field].length ? new Set(filters[field]) : null]),
  );
  const words = fold(filters.words);
  for (const article of model.articles) {
    let fails = 0;
    if (chosen.article && !chosen.article.has(article.id)) fails |= FAILS.article;
    if (chosen.publisher && !chosen.publisher.has(article.publisher)) fails |= FAILS.publisher;
    if (dates && !fitsDates(dates, article.published)) fails |= FAILS.dates;
    if (words && !folded(article).includes(words)) fails |= FAILS.words;
    article.fails = fails;
  }
  for (const place of model.places) {
    let ofPlace = 0;
    if (chosen.country && !chosen.country.has(place.country)) ofPlace |= FAILS.country;
    if (chosen.kind && !chosen.kind.has(groupOf(place))) ofPlace |= FAILS.kind;
    for (const passage of place.passages) {
      const shared = ofPlace | passage.article.fails | (fresh && !passage.fresh ? FAILS.fresh : 0);
      // A passage is let through by any of its mentions.
      passage.shown = false;
      for (const mention of passage.mentions) {
        let fails = shared;
        if (!(roles & (1 << mention.role))) fails |= FAILS.roles;
        if (score && (mention.score < score[0] || mention.score >= score[1])) fails |= FAILS.score;
        mention.fails = fails;
        passage.shown ||= fails === 0;
      }
    }
  }
};

/**
 * Whether an article is looked for by the places in it, and goes where none of them is let
 * through. Switching a further role on takes no article away; switching the literal one off may.
 */
export const byPlaces = (filters) =>
  filters.country.length > 0 ||
  filters.kind.length > 0 ||
  filters.score !== null ||
  filters.fresh ||
  !(filters.roles & NONE.roles);
