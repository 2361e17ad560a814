// The interface's words in the reader's language, and how numbers and dates become words.
import { ENGLISH } from "./english.js";
import { UKRAINIAN } from "./ukrainian.js";

export const TABLES = { en: ENGLISH, uk: UKRAINIAN };

// Where the choice is kept between visits; a page in a frame or a strict browser keeps none.
const KEPT = "dateline language";

const kept = () => {
  try {
    return globalThis.localStorage?.getItem(KEPT) ?? null;
  } catch {
    return null;
  }
};

/** The first of the languages asked for that there is a table of; English where there is none. */
export const pickLanguage = (asked) =>
  asked
    .map(
      (tag) =>
        String(tag ?? "")
          .toLowerCase()
          .split("-")[0],
    )
    .find((code) => Object.hasOwn(TABLES, code)) ?? "en";

export const LANGUAGE = pickLanguage([kept(), ...(globalThis.navigator?.languages ?? [])]);

export const keepLanguage = (code) => {
  try {
    localStorage.setItem(KEPT, code);
    return true;
  } catch {
    return false;
  }
};

const TABLE = TABLES[LANGUAGE];

export const WORDS = TABLE.words;
export const ROLES = TABLE.roles;
export const GROUPS = TABLE.groups;
export const KEYS = TABLE.keys;
export const SOURCE_WORDS = TABLE.sources;

// These are not read but written, as values of columns and classes.
export const ROLE_NAMES = ["literal", "metonym", "demonym", "embedded"];

/** `text` with {0}, {1}, … replaced; what is put in is not looked through again. */
export const put = (text, ...given) => text.replace(/\{(\d)\}/g, (_, at) => given[at]);

const NUMBER = new Intl.NumberFormat(LANGUAGE);
const PLURAL = new Intl.PluralRules(LANGUAGE);

export const number = (amount) => NUMBER.format(amount);

export const byName = new Intl.Collator(LANGUAGE).compare;

/** "3 passages": a number and the form of the noun that goes with it. */
export const count = (amount, noun) => `${number(amount)} ${nounFor(amount, noun)}`;

export const nounFor = (amount, noun) => {
  const forms = TABLE.nouns[noun];
  return forms[PLURAL.select(amount)] ?? forms.other;
};

export const passagesInArticles = (passages, articles) =>
  put(WORDS.passagesIn, count(passages, "passage"), count(articles, "article"));

// The bounds and words that the Intergovernmental Panel on Climate Change reads out for a
// probability: Mastrandrea et al., "Guidance note on consistent treatment of
// uncertainties" (2010), table 1.
const LEAST = [0.99, 0.9, 0.66, 0.33, 0.1, 0];

// Below this a place is not called likely, and its mark is hollow.
export const LIKELY = 0.66;

export const likelihood = (score) => TABLE.likelihood[LEAST.findIndex((least) => score >= least)];

export const scored = (score) => `${likelihood(score)} (${score.toFixed(2)})`;

/** The scores of several mentions, from the least to the best. */
export const scoredFrom = (least, best) => {
  if (least.toFixed(2) === best.toFixed(2)) return scored(best);
  const [low, high] = [likelihood(least), likelihood(best)];
  const words = low === high ? low : put(TABLE.likelihoodTo, low, high);
  return `${words} (${least.toFixed(2)}–${best.toFixed(2)})`;
};

const LONG_DATE = new Intl.DateTimeFormat(LANGUAGE, { dateStyle: "long", timeZone: "UTC" });
const SHORT_DATE = new Intl.DateTimeFormat(LANGUAGE, {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});
const MONTH = new Intl.DateTimeFormat(LANGUAGE, { month: "long", year: "numeric", timeZone: "UTC" });

const at = (day) => new Date(`${day}T00:00:00Z`);

export const longDate = (day) => LONG_DATE.format(at(day));
export const shortDate = (day) => SHORT_DATE.format(at(day));
export const monthName = (day) => MONTH.format(at(day));

const lastOfMonth = (day) => at(day).getUTCMonth() !== new Date(at(day).getTime() + 864e5).getUTCMonth();

/** The days from `from` to `to`, both included, as short as they can be said: "2014", "March 2025". */
export const dateRange = (from, to) => {
  if (from === to) return longDate(from);
  const wholeYears = from.endsWith("-01-01") && to.endsWith("-12-31");
  if (wholeYears)
    return from.slice(0, 4) === to.slice(0, 4) ? from.slice(0, 4) : `${from.slice(0, 4)}–${to.slice(0, 4)}`;
  if (from.endsWith("-01") && lastOfMonth(to)) {
    return from.slice(0, 7) === to.slice(0, 7) ? monthName(from) : `${monthName(from)} – ${monthName(to)}`;
  }
  return LONG_DATE.formatRange(at(from), at(to));
};

/** The time from one day to another as a heading says it, as short as it can be. */
export const dateSpan = (from, to) => {
  if (from.slice(0, 4) !== to.slice(0, 4)) return `${from.slice(0, 4)}–${to.slice(0, 4)}`;
  if (from.slice(0, 7) !== to.slice(0, 7)) return MONTH.formatRange(at(from), at(to));
  return from === to ? longDate(from) : LONG_DATE.formatRange(at(from), at(to));
};

/** The names of countries, which English takes from the gazetteer and others from the browser. */
export const regionNames = () => {
  try {
    return new Intl.DisplayNames([LANGUAGE], { type: "region" });
  } catch {
    return null;
  }
};

// GeoNames feature codes that news speaks of; the class stands in for the rest.
export const kindOf = (place) =>
  TABLE.kinds[place.code === "ADM2" && place.country === "US" ? "ADM2US" : place.code] ??
  TABLE.classes[place.class] ??
  TABLE.classes.other;
