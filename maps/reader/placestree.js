// The places as a tree: countries, their regions where several places lie in one, places.
import { isCountry } from "./model.js";
import { byName, WORDS } from "./words.js";

export const SORTS = ["passages", "articles", "name", "date"];

// More first, later first; where two are equal their names decide.
const ORDERS = {
  passages: (a, b) => b.passages - a.passages,
  articles: (a, b) => b.articles - a.articles,
  date: (a, b) => (a.newest === b.newest ? 0 : a.newest < b.newest ? 1 : -1),
  name: () => 0,
};

const order = (sort) => (a, b) =>
  ORDERS[sort](a.shown, b.shown) || byName(a.name, b.name) || (a.index ?? 0) - (b.index ?? 0);

/** What is shown of several places together; an article that names two of them counts once. */
const together = (places) => {
  const articles = new Set();
  let passages = 0;
  let newest = "";
  for (const place of places) {
    passages += place.shown.passages;
    if (place.shown.newest > newest) newest = place.shown.newest;
    for (const passage of place.passages) if (passage.shown) articles.add(passage.article.index);
  }
  return { passages, articles: articles.size, newest };
};

const isRegion = (place) => place.code === "ADM1";

const groupBy = (items, keyOf) => {
  const groups = new Map();
  for (const item of items) {
    const key = keyOf(item);
    if (groups.has(key)) groups.get(key).push(item);
    else groups.set(key, [item]);
  }
  return groups;
};

/** One country's places: those of a region that has several lie under it, the others beside. */
const branch = (key, places, compare) => {
  const branches = [];
  for (const [region, within] of groupBy(places, (place) => (isCountry(place) ? "" : place.admin1))) {
    const head = within.find((place) => isRegion(place) && place.name === region);
    const others = within.filter((place) => place !== head);
    if (!region || !others.length || (!head && others.length < 2)) {
      branches.push(...within);
      continue;
    }
    const name = head?.name ?? region;
    branches.push({
      key: `${key}/${region}`,
      name,
      head,
      places: others.sort(compare),
      shown: together(within),
    });
  }
  return branches.sort((a, b) => isCountry(b) - isCountry(a) || compare(a, b));
};

/**
 * The tree of `places`: countries as {key, name, shown, branches}; a branch is a place or a
 * region {key, name, head, places, shown}, `head` being the region as a place of its own.
 */
export const treeOf = (places, sort) => {
  const compare = order(sort);
  return [...groupBy(places, (place) => place.countryName || WORDS.elsewhere)]
    .map(([name, within]) => ({ key: name, name, shown: together(within), branches: branch(name, within, compare) }))
    .sort(compare);
};

/** The tree as one run of rows {kind, …}, without what lies under a key in `folded`. */
export const rowsOf = (tree, folded) => {
  const rows = [];
  for (const country of tree) {
    rows.push({ kind: "country", country });
    if (folded.has(country.key)) continue;
    for (const one of country.branches) {
      if (!one.places) {
        rows.push({ kind: "place", place: one, depth: 0 });
        continue;
      }
      rows.push({ kind: "region", region: one });
      if (!folded.has(one.key)) rows.push(...one.places.map((place) => ({ kind: "place", place, depth: 1 })));
    }
  }
  return rows;
};
