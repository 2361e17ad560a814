// The filters that are on, each in plain words with what takes it away; and how many each choice would show.
import { byPlaces, FAILS, groupOf, NONE } from "./filters.js";
import { dateRange, GROUPS, likelihood, LIKELY, longDate, put, ROLES, WORDS } from "./words.js";

const FIRST = "0001-01-01";

/** The days that a filter lets through, in words. */
export const datesSaid = ({ from, to, undated }) => {
  if (!from && !to) return WORDS.onlyUndated;
  const span =
    from && to ? dateRange(from, to) : from ? put(WORDS.since, longDate(from)) : put(WORDS.until, longDate(to));
  const said = put(WORDS.published, span);
  return undated ? put(WORDS.orUndated, said) : said;
};

export const scoreSaid = ([least, below]) =>
  below <= 1 ? put(WORDS.lessThan, below.toFixed(2)) : put(WORDS.atLeast, `${likelihood(least)} (${least.toFixed(2)})`);

/** The choices of certainty: at least so sure, and what an editor would check. */
export const SCORES = [
  [0.33, 1.01],
  [LIKELY, 1.01],
  [0.9, 1.01],
  [0, LIKELY],
];

/** What a value of a filter is called. */
export const valueSaid = (model, field, value) => {
  switch (field) {
    case "article":
      return model.articlesById.get(value)?.title.trim() || WORDS.untitled;
    case "publisher":
      return value || WORDS.noPublisher;
    case "country":
      return model.countryName(value) || WORDS.elsewhere;
    default:
      return GROUPS[value] ?? value;
  }
};

// A list of more than so many values is cut where it is said.
const SAID = 3;
const LONG = 60;

const short = (text) => (text.length > LONG ? `${text.slice(0, LONG).replace(/\s\S*$/, "")} …` : text);

const listSaid = (model, field, values) => {
  const said = values
    .slice(0, values.length > SAID ? SAID - 1 : SAID)
    .map((value) => short(valueSaid(model, field, value)));
  const more = values.length - said.length;
  return more ? `${said.join(", ")} ${put(WORDS.more, more)}` : said.join(WORDS.or);
};

const rolesSaid = (roles) =>
  put(
    WORDS.namesAre,
    ROLES.filter((_, role) => roles & (1 << role))
      .map((one) => one.name.toLowerCase())
      .join(", "),
  );

const TELL = {
  article: (model, values) => listSaid(model, "article", values),
  publisher: (model, values) => listSaid(model, "publisher", values),
  country: (model, values) => listSaid(model, "country", values),
  kind: (model, values) => listSaid(model, "kind", values),
  dates: (_, dates) => datesSaid(dates),
  words: (_, words) => put(WORDS.says, words),
  roles: (_, roles) => rolesSaid(roles),
  score: (_, score) => scoreSaid(score),
  fresh: () => WORDS.isNew,
};

/** The filters that are on, as [field, in words]. */
export const filtersSaid = (model, state) =>
  state.active().map((field) => [field, TELL[field](model, state.filters[field])]);

/** How many articles or passages each value of a filter would show, the other filters being as they are. */
export const tallies = (model, state, field) => {
  const amounts = new Map();
  const add = (value, more = 1) => amounts.set(value, (amounts.get(value) ?? 0) + more);
  const others = ~FAILS[field];
  if (field === "article" || field === "publisher") {
    const looked = byPlaces(state.filters);
    for (const article of model.articles) {
      if (article.fails & others) continue;
      if (looked && !article.mentions.some((one) => one.place && (one.fails & others) === 0)) continue;
      add(field === "article" ? article.id : article.publisher);
    }
    return amounts;
  }
  const fits = (mention) => (mention.fails & others) === 0;
  for (const place of model.places) {
    let fitting = 0;
    for (const { mentions } of place.passages) {
      if (!mentions.some(fits)) continue;
      fitting += 1;
      if (field !== "score") continue;
      SCORES.forEach(([least, below], at) => {
        if (mentions.some((one) => fits(one) && one.score >= least && one.score < below)) add(at);
      });
    }
    if (fitting && field !== "score") add(field === "country" ? place.country : groupOf(place), fitting);
  }
  return amounts;
};

/** The filter of dates with something changed; null where it lets all through. */
export const datesWith = (dates, changes) => {
  const next = { from: null, to: null, undated: false, ...dates, ...changes };
  if (next.from && next.to && next.from > next.to) [next.from, next.to] = [next.to, next.from];
  return next.from || next.to || next.undated ? next : NONE.dates;
};

export const isDay = (text) => text === "" || (text >= FIRST && /^\d{4}-\d\d-\d\d$/.test(text));
