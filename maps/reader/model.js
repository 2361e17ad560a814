// The data as the page thinks of it: places with passages, articles with mentions.

import { count, dateSpan, LANGUAGE, regionNames } from "./words.js";

const FORMAT = 1;

/** A word as it is searched for: without case and accents. */
export const fold = (text) =>
  text
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replaceAll("ς", "σ")
    .replace(/[\s'’‘ʼ-]+/g, " ")
    .trim();

const newestFirst = (a, b) =>
  a.published === b.published ? a.index - b.index : (b.published ?? "") < (a.published ?? "") ? -1 : 1;

/** How many articles there are and when they were published, as maps/title.py says it in English. */
const countedTitle = (byDate) => {
  const days = byDate.map((article) => article.published).filter(Boolean);
  const told = count(byDate.length, "article");
  return days.length ? `${told}, ${dateSpan(days.at(-1), days[0])}` : told;
};

/** Read the payload of maps/payload.py. */
export const readModel = (payload) => {
  if (payload.format !== FORMAT) throw new Error(`This page reads format ${FORMAT}, not ${payload.format}.`);
  const articles = payload.articles.map((article, index) => ({ ...article, index, mentions: [] }));
  const places = payload.places.map((place, index) => ({
    ...place,
    index,
    passages: [],
    mentions: [],
    roles: 0,
  }));
  const regions = regionNames();
  const countryName = (code) => {
    if (!code) return "";
    if (LANGUAGE === "en" && payload.countries[code]) return payload.countries[code];
    try {
      return regions?.of(code) ?? code;
    } catch {
      return code;
    }
  };
  const unresolved = [];
  const roleTotals = [0, 0, 0, 0];
  const columns = payload.mentions;
  const found = new Map();

  for (let at = 0; at < columns.article.length; at += 1) {
    const article = articles[columns.article[at]];
    const mention = {
      index: at,
      article,
      start: columns.start[at],
      end: columns.end[at],
      role: columns.role[at],
      place: columns.place[at] < 0 ? null : places[columns.place[at]],
      score: columns.score[at],
      reason: columns.reason[at],
      passageStart: columns.passageStart[at],
      passageEnd: columns.passageEnd[at],
      alternatives: columns.alternatives[at],
    };
    article.mentions.push(mention);
    if (!mention.place) {
      unresolved.push(mention);
      continue;
    }
    roleTotals[mention.role] += 1;
    mention.place.roles |= 1 << mention.role;
    mention.place.mentions.push(mention);
    const key = `${mention.place.index} ${article.index} ${mention.passageStart} ${mention.passageEnd}`;
    let passage = found.get(key);
    if (!passage) {
      passage = {
        place: mention.place,
        article,
        start: mention.passageStart,
        end: mention.passageEnd,
        mentions: [],
        roles: 0,
        fresh: false,
      };
      found.set(key, passage);
      mention.place.passages.push(passage);
    }
    mention.passage = passage;
    passage.fresh ||= columns.fresh?.[at] === 1;
    passage.mentions.push(mention);
    passage.roles |= 1 << mention.role;
  }

  const byDate = [...articles].sort(newestFirst);
  byDate.forEach((article, rank) => {
    article.rank = rank;
    article.mentions.sort((a, b) => a.start - b.start);
    article.placed = new Set(article.mentions.filter((one) => one.place).map((one) => one.place)).size;
  });
  for (const place of places) {
    place.passages.sort((a, b) => a.article.rank - b.article.rank || a.start - b.start);
    place.countryName = countryName(place.country);
  }

  const runnersUp = (list) =>
    list < 0
      ? []
      : payload.alternatives[list].map(([candidate, score]) => {
          const place = payload.candidates[candidate];
          return { ...place, countryName: countryName(place.country), score };
        });

  return {
    title: payload.counted && LANGUAGE !== "en" ? countedTitle(byDate) : payload.title,
    /** The earlier page that this one is compared with, as {name}; null for none. */
    since: payload.since ?? null,
    articles,
    byDate,
    places,
    unresolved,
    names: columns.article.length,
    placed: columns.article.length - unresolved.length,
    roleTotals,
    placesById: new Map(places.map((place) => [place.id, place])),
    articlesById: new Map(articles.map((article) => [article.id, article])),
    countryName,
    reasonOf: (mention) => payload.reasons[mention.reason],
    runnersUpOf: (mention) => runnersUp(mention.alternatives),
  };
};

/** What a name in the text looks like there. */
export const surface = (mention) => mention.article.text.slice(mention.start, mention.end);

/** The spellings under which a place can be searched for, folded; made when first asked for. */
export const spellings = (place) => {
  place.spellings ??= [
    ...new Set([place.name, place.admin1, place.countryName, ...place.mentions.map(surface)].map(fold)),
  ].join("\n");
  return place.spellings;
};

/** "Kharkiv Oblast, Ukraine" for a place that lies there; "" for a country. */
export const whereabouts = (place) =>
  [place.admin1, place.countryName].filter((part) => part && part !== place.name).join(", ");

export const isCountry = (place) => /^(PCL|TERR)/.test(place.code ?? "");
