// Puts the page together: data, map, panel, address and keyboard.
import { aboutView } from "./aboutview.js";
import { articlesView } from "./articlesview.js";
import { articleView } from "./articleview.js";
import { createAtlasMap } from "./atlasmap.js";
import { carried } from "./carried.js";
import { h, moves } from "./dom.js";
import { folded, NONE, readFilters, writeFilters } from "./filters.js";
import { summary } from "./head.js";
import { linksView } from "./linksview.js";
import { readModel } from "./model.js";
import { SORTS } from "./placestree.js";
import { placesView } from "./placesview.js";
import { placeView } from "./placeview.js";
import { createPosition } from "./position.js";
import { createRouter, parseRoute, placeHash, togetherHash } from "./route.js";
import { createSheet } from "./sheet.js";
import { createState } from "./state.js";
import { createTimeline } from "./timeline.js";
import { togetherView } from "./togetherview.js";
import { LANGUAGE, WORDS } from "./words.js";

const byId = (id) => document.getElementById(id);

document.documentElement.lang = LANGUAGE;
byId("skip").textContent = WORDS.skip;
byId("reader").setAttribute("aria-label", WORDS.panel);
document.querySelector(".atlas").setAttribute("aria-label", WORDS.map);

const data = await carried(byId("atlas-data"));
const model = readModel(data);
const state = createState(model);
const root = byId("view");
const reader = byId("reader");
const news = byId("news");
const sheet = createSheet(reader, byId("handle"));
const mapElement = document.querySelector("[data-map]");
const timeline = createTimeline(model, state, byId("time"));

let route = null;
let view = null;
let chosen = null;
// Set where the reader came by pointer or key, and focus has to follow; not at the start.
let follow = false;

const light = (place) => {
  atlas.marks.light(place);
  for (const old of root.querySelectorAll(".lit")) old.classList.remove("lit");
  if (!place) return;
  for (const name of root.querySelectorAll(`[data-place="${place.index}"]`)) name.classList.add("lit");
};

const atlas = createAtlasMap(mapElement, model, {
  choose: (place) => router.go(placeHash(place)),
  open: (places) => router.go(togetherHash(places)),
  light,
  about: () => router.go("#about="),
  cover: sheet.cover,
  changed: () => note(true),
  tiles: data.tiles ?? null,
  say: (text) => {
    news.textContent = text;
  },
});

const position = createPosition(atlas.leaflet, () => note(true));

const choose = (place) => {
  if (place !== chosen) {
    chosen = place;
    atlas.ghosts([]);
    atlas.choose(place);
  } else if (place) {
    atlas.bring(place);
  }
};

const make = (wanted, arrived) => {
  const say = (text) => {
    news.textContent = text;
  };
  const given = { model, state, timeline, root, light, arrived, say, keep, reorder: () => note(true) };
  if (wanted.view === "place") {
    const place = model.placesById.get(wanted.id);
    if (place?.passages.length) {
      choose(place);
      const shown = placeView(
        {
          ...given,
          wanted,
          widen: () => again({ ...wanted, all: true }),
          ghosts: atlas.ghosts,
          locate: () => atlas.locate(place),
          amend: (of, n) => {
            route = { ...route, n, article: null };
            router.amend(placeHash(of, n));
          },
        },
        place,
      );
      if (place.area?.approximate) {
        shown.element.querySelector(".place-kind")?.append(` · ${WORDS.approximate}`);
      }
      const linked = linksView(place, light);
      if (linked) shown.element.querySelector(".place-head")?.append(linked);
      return shown;
    }
    news.textContent = WORDS.unknownPlace;
  }
  if (wanted.view === "article") {
    const article = model.articlesById.get(wanted.id);
    const fit = (of) => atlas.fit(model.places.filter((place) => of.mentions.some((one) => one.place === place)));
    if (article) return articleView({ ...given, fit }, article, wanted);
  }
  if (wanted.view === "about") return aboutView();
  choose(null);
  if (wanted.view === "together") {
    const places = wanted.ids.map((id) => model.placesById.get(id)).filter((place) => place?.passages.length);
    if (places.length) return togetherView({ ...given, fit: atlas.fit }, places);
    news.textContent = WORDS.unknownPlace;
  }
  return wanted.view === "articles" ? articlesView(given) : placesView(given);
};

const isList = (wanted) => wanted.view === "places" || wanted.view === "articles";

const backRow = () =>
  h(
    "div",
    { class: "back-row" },
    h(
      "button",
      { class: "back", type: "button", "data-key": "back", onclick: () => router.back() },
      h("span", { "aria-hidden": "true" }, "←"),
      ` ${WORDS.back}`,
    ),
  );

const focusOn = (key) => {
  if (!key) return;
  [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key)?.focus({ preventScroll: true });
};

/** Show a route; `left` is where its reader was when it was last shown, `read` what else the address says. */
const arrive = (wanted, left, read = null, isKept = false) => {
  light(null);
  news.textContent = "";
  if (read && !isKept) {
    state.sort = SORTS.includes(read.get("sort")) ? read.get("sort") : SORTS[0];
    atlas.adopt(read);
    last = null;
    if (state.adopt(readFilters(read))) {
      atlas.refresh();
      timeline?.refresh(Object.keys(NONE));
    }
  }
  if (isList(wanted) && route && wanted.view !== route.view && isList(route)) state.query = "";
  route = wanted;
  let land = null;
  view = make(wanted, (work) => {
    land = work;
  });
  if (read) position.adopt(read);
  if (left) position.back(left.map, moves());
  const detail = view.element.matches(".view-place, .view-article, .view-together, .view-about");
  root.replaceChildren(...(detail ? [backRow()] : []), view.element);
  const heading = detail && root.querySelector("h1");
  document.title = heading ? `${heading.textContent} · ${model.title}` : model.title;
  root.scrollTop = 0;
  if (left) {
    // What was scrolled to may lie beyond what a list makes at first.
    view.reach?.(left.made);
    root.scrollTop = left.scroll;
    focusOn(left.key);
    root.scrollTop = left.scroll;
  } else {
    if (detail) sheet.open();
    land?.();
    if (follow && !root.contains(document.activeElement)) {
      root.querySelector("h1, h2")?.focus({ preventScroll: true });
    }
  }
  follow = true;
};

const leave = () => ({
  scroll: root.scrollTop,
  key: document.activeElement?.dataset?.key ?? null,
  made: view?.made?.() ?? 0,
  map: position.now(),
});

/** Show the view that there is once more, in its place. */
const again = (wanted = parseRoute(location.hash)) => arrive(wanted, leave());

const router = createRouter(arrive, leave, (written, isNew) => {
  writeFilters(state.filters, written);
  if (state.sort !== SORTS[0]) written.set("sort", state.sort);
  atlas.write(written);
  if (!isNew) position.write(written);
});

const note = (same) => router.note(location.hash, same);

/** Make the words that were looked for a filter of map, list and timeline. */
const keep = (words) => {
  state.query = "";
  state.set({ words });
  again();
  root.scrollTop = 0;
  focusOn("search");
};

// Changes of one and the same filter, one after another, are one entry of the history.
let last = null;

state.on((fields) => {
  note(fields.join() === last);
  last = fields.join();
  timeline?.refresh(fields);
  if (view.refresh) view.refresh();
  else again();
  atlas.refresh();
  news.textContent = summary(model, state);
});

const KEYS = {
  j: () => view.step?.(1),
  k: () => view.step?.(-1),
  f: () => atlas.fitAll(),
  "/": () => byId("search")?.focus(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const typing = event.target.matches?.("input:not([type=checkbox], [type=radio]), textarea, select");
  if (event.key === "Escape") {
    if (typing && event.target.value) return; // the browser empties the field
    if (state.open.delete("panel") && view.refresh) {
      view.refresh();
      focusOn("filters");
      return;
    }
    router.back();
    return;
  }
  if (typing || !KEYS[event.key]) return;
  event.preventDefault();
  KEYS[event.key]();
});

byId("skip").addEventListener("click", (event) => {
  event.preventDefault();
  mapElement.focus();
});

// Layers of folium's find the map under its element's name, as folium writes it.
window[mapElement.id] = atlas.leaflet;

atlas.refresh();
atlas.fitAll(false);
router.start();
atlas.drawBasemap(byId("world-data").textContent).catch((error) => {
  news.textContent = WORDS.noBasemap;
  throw error;
});

// What a search goes through is made ready while nothing else is asked for.
const idle = globalThis.requestIdleCallback ?? ((work) => setTimeout(() => work({ timeRemaining: () => 8 }), 200));
const makeReady = (at) =>
  idle((left) => {
    let next = at;
    while (next < model.articles.length && left.timeRemaining() > 2) {
      folded(model.articles[next]);
      next += 1;
    }
    if (next < model.articles.length) makeReady(next);
  });
makeReady(0);
