// What is switched on, and what can be counted of each place because of it.

const LITERAL = 0;

export const createState = (model) => {
  const listeners = [];
  const state = {
    roles: 1 << LITERAL,
    query: "",
    tab: "places",
    on: (listener) => listeners.push(listener),
    has: (role) => (state.roles & (1 << role)) !== 0,
    toggle: (role, on) => {
      state.roles = on ? state.roles | (1 << role) : state.roles & ~(1 << role);
      recount();
      for (const listener of listeners) listener();
    },
    /** The passages of a place that the switches let through. */
    passages: (place) => place.passages.filter((passage) => passage.roles & state.roles),
  };
  const recount = () => {
    for (const place of model.places) {
      let passages = 0;
      let articles = 0;
      let last = null;
      let shown = 0;
      let best = 0;
      let least = 1;
      for (const passage of place.passages) {
        if (!(passage.roles & state.roles)) continue;
        passages += 1;
        if (passage.article !== last) articles += 1;
        last = passage.article;
        shown |= passage.roles & state.roles;
        for (const mention of passage.mentions) {
          if (!state.has(mention.role)) continue;
          best = Math.max(best, mention.score);
          least = Math.min(least, mention.score);
        }
      }
      // The mark's shape goes by the first role in the order of ROLES that is shown.
      place.shown = { passages, articles, score: best, least, role: shown ? 31 - Math.clz32(shown & -shown) : -1 };
    }
  };
  recount();
  return state;
};
