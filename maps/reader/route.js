// Where the reader is, as the address's hash says it, and the way back.

/** Read a hash: {view, …}; whatever it does not understand is the list of places. */
export const parseRoute = (hash) => {
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  const whole = (name) => {
    const value = Number.parseInt(given.get(name) ?? "", 10);
    return Number.isFinite(value) && value >= 0 ? value : null;
  };
  if (given.has("place")) return { view: "place", id: given.get("place"), n: whole("n") ?? 1 };
  if (given.has("article")) return { view: "article", id: given.get("article"), at: whole("at") };
  if (given.has("together")) return { view: "together", ids: given.getAll("together") };
  if (given.has("articles")) return { view: "articles" };
  if (given.has("about")) return { view: "about" };
  return { view: "places" };
};

export const placeHash = (place, n = 1) => {
  const written = new URLSearchParams({ place: place.id });
  if (n > 1) written.set("n", n);
  return `#${written}`;
};

/** The address of the list of places that one mark stands for. */
export const togetherHash = (places) => `#${new URLSearchParams(places.map((place) => ["together", place.id]))}`;

export const articleHash = (article, at = null) => {
  const written = new URLSearchParams({ article: article.id });
  if (at !== null) written.set("at", at);
  return `#${written}`;
};

/**
 * Follow the hash. `arrive(route, left)` shows a route and is handed what `leave()` returned
 * when this entry of the history was left, or null for a new one.
 */
export const createRouter = (arrive, leave) => {
  const left = new Map();
  let entry = 0;
  let last = 0;
  const stamp = (hash) => {
    try {
      history.replaceState({ entry }, "", hash);
      return true;
    } catch {
      return false; // a frame without an address of its own, as in a notebook
    }
  };
  const follow = () => {
    left.set(entry, leave());
    const known = history.state?.entry;
    if (known === undefined) {
      last = entry + 1;
      entry = last;
      left.delete(entry);
      stamp();
    } else {
      entry = known;
    }
    arrive(parseRoute(location.hash), left.get(entry) ?? null);
  };
  addEventListener("popstate", follow);
  const go = (hash) => {
    if (parseRoute(hash).view !== "places" || location.hash) location.hash = hash;
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
      stamp();
      arrive(parseRoute(location.hash), null);
    },
    go,
    /** Change the address without a new entry. */
    amend: (hash) => stamp(hash),
    back: () => {
      if (entry > 0) history.back();
      else if (parseRoute(location.hash).view !== "places") location.hash = "#";
    },
  };
};
