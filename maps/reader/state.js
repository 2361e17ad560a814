// What is let through, and what can be counted of each place and article because of it.
import { activeFields, byPlaces, FAILS, judge, NONE } from "./filters.js";

const differ = (one, other) => JSON.stringify(one) !== JSON.stringify(other);

export const createState = (model) => {
  const listeners = [];
  const state = {
    filters: NONE,
    query: "",
    sort: "passages",
    /** Countries and regions of the list that are folded. */
    folded: new Set(),
    /** Which parts of the filters' panel are open. */
    open: new Set(),
    on: (listener) => listeners.push(listener),
    has: (role) => (state.filters.roles & (1 << role)) !== 0,
    toggle: (role, on) => {
      const { roles } = state.filters;
      state.set({ roles: on ? roles | (1 << role) : roles & ~(1 << role) });
    },
    active: () => activeFields(state.filters),
    /** Change some filters; the listeners are told which. */
    set: (changes) => {
      const fields = Object.keys(changes).filter((field) => differ(changes[field], state.filters[field]));
      if (!fields.length) return;
      state.filters = { ...state.filters, ...changes };
      recount();
      for (const listener of listeners) listener(fields);
    },
    reset: (field) => state.set({ [field]: NONE[field] }),
    clear: () => state.set(NONE),
    /** Take over the filters of an address, without telling; returns whether they are others. */
    adopt: (filters) => {
      if (!differ(filters, state.filters)) return false;
      state.filters = filters;
      recount();
      return true;
    },
    /** The passages of a place that the filters let through. */
    passages: (place) => place.passages.filter((passage) => passage.shown),
    /** How much is let through: {articles, places, names}. */
    shown: null,
  };

  const countPlace = (place) => {
    let passages = 0;
    let articles = 0;
    let last = null;
    let newest = "";
    let roles = 0;
    let best = 0;
    let least = 1;
    let names = 0;
    for (const passage of place.passages) {
      if (!passage.shown) continue;
      passages += 1;
      const { article } = passage;
      if (article !== last) articles += 1;
      last = article;
      if (article.published && article.published > newest) newest = article.published;
      for (const mention of passage.mentions) {
        if (mention.fails !== 0) continue;
        names += 1;
        roles |= 1 << mention.role;
        best = Math.max(best, mention.score);
        least = Math.min(least, mention.score);
      }
    }
    // The mark's shape goes by the first role in the order of ROLES that is shown.
    place.shown = {
      passages,
      articles,
      newest,
      score: best,
      least,
      role: roles ? 31 - Math.clz32(roles & -roles) : -1,
    };
    return names;
  };

  const recount = () => {
    judge(model, state.filters);
    let places = 0;
    let names = 0;
    for (const place of model.places) {
      names += countPlace(place);
      if (place.shown.passages > 0) places += 1;
    }
    const looked = byPlaces(state.filters);
    let articles = 0;
    for (const article of model.articles) {
      const without = (bits) => !looked || article.mentions.some((one) => one.place && (one.fails & ~bits) === 0);
      article.shown = article.fails === 0 && without(0);
      // What the timeline draws: all that would be let through whatever its date.
      article.inTime = (article.fails & ~FAILS.dates) === 0 && without(FAILS.dates);
      if (article.shown) articles += 1;
    }
    state.shown = { articles, places, names };
  };
  recount();
  return state;
};
