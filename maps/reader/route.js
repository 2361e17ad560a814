// Where the reader is, as the address's hash says it, and the way back.

const given = (hash) => new URLSearchParams(hash.replace(/^#/, ""));

// What an address says of the view; all else is what is shown besides it.
const VIEW = new Set(["place", "n", "in", "at", "article", "end", "together", "articles", "about"]);

/** Read a hash: {view, …}; whatever it does not understand is the list of places. */
export const parseRoute = (hash) => {
  const read = given(hash);
  const whole = (name) => {
    const value = Number.parseInt(read.get(name) ?? "", 10);
    return Number.isFinite(value) && value >= 0 ? value : null;
  };
  if (read.has("place")) {
    return { view: "place", id: read.get("place"), n: whole("n") ?? 1, article: read.get("in"), at: whole("at") };
  }
  if (read.has("article")) return { view: "article", id: read.get("article"), at: whole("at"), end: whole("end") };
  if (read.has("together")) return { view: "together", ids: read.getAll("together") };
  if (read.has("articles")) return { view: "articles" };
  if (read.has("about")) return { view: "about" };
  return { view: "places" };
};

export const placeHash = (place, n = 1) => {
  const written = new URLSearchParams({ place: place.id });
  if (n > 1) written.set("n", n);
  return `#${written}`;
};

/** The address of a passage that stays right where other passages come or are filtered out. */
export const passageHash = ({ place, article, start }) =>
  `#${new URLSearchParams({ place: place.id, in: article.id, at: start })}`;

/** The address of the list of places that one mark stands for. */
export const togetherHash = (places) => `#${new URLSearchParams(places.map((place) => ["together", place.id]))}`;

/** The address of an article, at a position in its text or a stretch of it. */
export const articleHash = (article, at = null, end = null) => {
  const written = new URLSearchParams({ article: article.id });
  if (at !== null) written.set("at", at);
  if (end !== null) written.set("end", end);
  return `#${written}`;
};

/**
 * Follow the hash. `arrive(route, left, read)` shows a route and is handed what `leave()`
 * returned when this entry of the history was left, or null for a new one, with the address's
 * parameters, and whether what is filtered stays as it is. `besides(written, isNew)` writes what
 * is shown besides the view into an address, that of a new view or of the one that is shown.
 */
export const createRouter = (arrive, leave, besides) => {
  const left = new Map();
  let entry = 0;
  // The entry with which the view came that is shown: filters set since have entries of their own.
  let first = 0;
  let keeps = false;
  const whole = (hash, isNew = false) => {
    const written = new URLSearchParams([...given(hash)].filter(([name]) => VIEW.has(name)));
    besides(written, isNew);
    return `#${written}`;
  };
  const stamp = (hash, write = "replaceState") => {
    try {
      history[write]({ entry, first }, "", hash);
      return true;
    } catch {
      return false; // a frame without an address of its own, as in a notebook
    }
  };
  const follow = () => {
    left.set(entry, leave());
    const known = history.state?.entry;
    if (known === undefined) {
      entry += 1;
      first = entry;
      left.delete(entry);
      stamp();
    } else {
      entry = known;
      first = history.state.first;
    }
    const kept = keeps;
    keeps = false;
    arrive(parseRoute(location.hash), left.get(entry) ?? null, given(location.hash), kept);
    if (kept) stamp(whole(location.hash));
  };
  addEventListener("popstate", follow);
  const go = (hash) => {
    const next = whole(hash, true);
    if (next !== "#" || location.hash) location.hash = next;
  };
  // Followed here and not by the browser: in a notebook's frame a bare hash is not resolved
  // against the frame's own address.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="#"]');
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(link.getAttribute("href"));
  });
  return {
    start: () => {
      entry = history.state?.entry ?? 0;
      first = history.state?.first ?? entry;
      stamp();
      arrive(parseRoute(location.hash), null, given(location.hash), false);
    },
    go,
    /** Change the view's address without a new entry. */
    amend: (hash) => stamp(whole(hash)),
    /** Write what is shown besides the view into the address; in an entry of its own unless `same`. */
    note: (hash, same) => {
      if (same) {
        stamp(whole(hash));
        return;
      }
      left.set(entry, leave());
      entry += 1;
      if (!stamp(whole(hash), "pushState")) entry -= 1;
    },
    /** Back to the view before this one, with what is filtered now. */
    back: () => {
      if (first > 0) {
        keeps = true;
        history.go(first - 1 - entry);
      } else if (parseRoute(location.hash).view !== "places") go("#");
    },
  };
};
