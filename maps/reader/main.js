// Puts the page together: data, map, panel, address and keyboard.
import { aboutView } from "./aboutview.js";
import { articlesView } from "./articlesview.js";
import { articleView } from "./articleview.js";
import { createAtlasMap } from "./atlasmap.js";
import { h } from "./dom.js";
import { readModel } from "./model.js";
import { placesView } from "./placesview.js";
import { placeView } from "./placeview.js";
import { createRouter, parseRoute, placeHash, togetherHash } from "./route.js";
import { createSheet } from "./sheet.js";
import { createState } from "./state.js";
import { togetherView } from "./togetherview.js";
import { WORDS } from "./words.js";

const byId = (id) => document.getElementById(id);

const model = readModel(JSON.parse(byId("atlas-data").textContent));
const state = createState(model);
const root = byId("view");
const reader = byId("reader");
const news = byId("news");
const sheet = createSheet(reader, byId("handle"));
const mapElement = document.querySelector("[data-map]");

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
});

const choose = (place) => {
  if (place !== chosen) {
    chosen = place;
    atlas.marks.ghosts([]);
    atlas.choose(place);
  } else if (place) {
    atlas.bring(place);
  }
};

const make = (wanted, arrived) => {
  const say = (text) => {
    news.textContent = text;
  };
  const given = { model, state, root, light, arrived, say };
  if (wanted.view === "place") {
    const place = model.placesById.get(wanted.id);
    if (place?.passages.length) {
      choose(place);
      return placeView(
        {
          ...given,
          start: wanted.n,
          ghosts: atlas.marks.ghosts,
          locate: () => atlas.bring(place),
          amend: (of, n) => {
            route = { ...route, n };
            router.amend(placeHash(of, n));
          },
        },
        place,
      );
    }
    news.textContent = WORDS.unknownPlace;
  }
  if (wanted.view === "article") {
    const article = model.articlesById.get(wanted.id);
    const fit = (of) => atlas.fit(model.places.filter((place) => of.mentions.some((one) => one.place === place)));
    if (article) return articleView({ ...given, fit }, article, wanted.at);
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

/** Show a route; `left` is where its reader was when it was last shown. */
const arrive = (wanted, left) => {
  light(null);
  news.textContent = "";
  if (isList(wanted) && route && wanted.view !== route.view && isList(route)) state.query = "";
  route = wanted;
  let land = null;
  view = make(wanted, (work) => {
    land = work;
  });
  const detail = view.element.matches(".view-place, .view-article, .view-together, .view-about");
  root.replaceChildren(...(detail ? [backRow()] : []), view.element);
  const heading = detail && root.querySelector("h1");
  document.title = heading ? `${heading.textContent} · ${model.title}` : model.title;
  root.scrollTop = 0;
  if (left) {
    root.scrollTop = left.scroll;
    const before = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === left.key);
    before?.focus({ preventScroll: true });
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

const leave = () => ({ scroll: root.scrollTop, key: document.activeElement?.dataset?.key ?? null });

const router = createRouter(arrive, leave);

state.on(() => {
  atlas.refresh();
  if (view.refresh) {
    view.refresh();
    return;
  }
  const { scrollTop } = root;
  arrive(parseRoute(location.hash), { scroll: scrollTop, key: document.activeElement?.dataset?.key ?? null });
});

const KEYS = {
  j: () => view.step?.(1),
  k: () => view.step?.(-1),
  f: () => atlas.fitAll(),
  "/": () => byId("search")?.focus(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const typing = event.target.matches?.("input[type=search], textarea");
  if (event.key === "Escape") {
    if (typing && event.target.value) return; // the browser empties the field
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
  news.textContent = "The basemap could not be unpacked by this browser; marks and articles are shown without it.";
  throw error;
});
