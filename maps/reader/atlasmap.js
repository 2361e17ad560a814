// The map: basemap, marks, names, controls, and moving about with care.
import { boundsOf } from "./areas.js";
import { ANTARCTIC, createBasemap, readColours } from "./basemap.js";
import { unpack } from "./carried.js";
import { moves } from "./dom.js";
import { createLabels } from "./labels.js";
import { createLayers } from "./layers.js";
import { createLinks } from "./links.js";
import { createMarks } from "./marks.js";
import { isCountry } from "./model.js";
import { createOverview } from "./overview.js";
import { layTiles } from "./tiles.js";
import { readWorld } from "./world.js";
import { put, WORDS } from "./words.js";

const COLOURS = [
  "land",
  "coast",
  "border",
  "province",
  "halo",
  "ink",
  "accent",
  "label-country",
  "label-city",
  "wash-1",
  "wash-2",
  "wash-3",
  "wash-4",
  "wash-5",
  "scale-1",
  "scale-2",
  "scale-3",
  "scale-4",
  "scale-5",
];

// Panes from below to above, with Leaflet's own for marks at 600.
const PANES = {
  land: 210,
  areas: 300,
  sums: 310,
  heat: 320,
  lines: 350,
  regions: 355,
  chosen: 360,
  links: 370,
  labels: 450,
};

// How far one can go, in degrees.
const WORLD = [
  [-85, -220],
  [85, 220],
];

const MAX_ZOOM = 12;
const CLOSEST_TILES = 17;
// A single town is shown with the country around it, not alone in the fields.
const CLOSEST_FIT = 7;
const CLOSEST_AREA = 7.5;
// Space between what is fitted and the edge of the map, in pixels.
const EDGE = 56;
// What spans more than this (degrees) needs the width more than it needs the space.
const FAR = 120;
const EDGE_OF_FAR = 28;
// An area wider or higher than this (degrees) is looked at through its middle when all are fitted.
const LOCAL = 12;
// Beyond these latitudes there is seldom anything to read of.
const POLES = [78, -58];

// Leaflet takes its credits as markup; only constants of this file go in.
const credit = (address, name) => `<a href="${address}" target="_blank" rel="noopener noreferrer">${name}</a>`;

const button = (className, title, path, press) =>
  L.Control.extend({
    options: { position: "topright" },
    onAdd() {
      const box = L.DomUtil.create("div", "leaflet-bar map-button");
      const made = L.DomUtil.create("button", className, box);
      made.type = "button";
      made.title = title;
      made.setAttribute("aria-label", title);
      const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      for (const [name, value] of Object.entries({
        viewBox: "0 0 20 20",
        width: 18,
        height: 18,
        "aria-hidden": "true",
      })) {
        icon.setAttribute(name, value);
      }
      const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
      line.setAttribute("d", path);
      icon.append(line);
      made.append(icon);
      L.DomEvent.disableClickPropagation(box);
      made.addEventListener("click", press);
      return box;
    },
  });

/** `cover()` tells how many pixels at the foot of the map lie under the panel. */
export const createAtlasMap = (element, model, { choose, open, light, about, cover, changed, tiles, say }) => {
  const map = L.map(element, {
    attributionControl: false,
    zoomControl: false,
    center: [20, 10],
    zoom: 2,
    minZoom: 0.5,
    maxZoom: tiles ? Math.max(MAX_ZOOM, Math.min(tiles.maxZoom, CLOSEST_TILES)) : MAX_ZOOM,
    // Images are sharp at whole zooms alone.
    zoomSnap: tiles ? 1 : 0.1,
    wheelPxPerZoomLevel: 100,
    maxBoundsViscosity: 0.7,
    worldCopyJump: false,
    zoomAnimation: moves(),
    fadeAnimation: moves(),
    keyboard: true,
  });
  for (const [name, level] of Object.entries(PANES)) {
    const pane = map.createPane(name);
    pane.style.zIndex = level;
    if (name !== "areas" && name !== "regions") pane.style.pointerEvents = "none";
  }

  // Where the world is smaller than the view, bounds would hold it in the middle.
  map.on("zoomend", () => {
    map.options.maxBounds = 256 * 2 ** map.getZoom() > map.getSize().y + cover() ? L.latLngBounds(WORLD) : null;
  });

  let colours = readColours(element, COLOURS);
  const getStyle = getComputedStyle(element);
  const fonts = { ui: getStyle.getPropertyValue("--font-ui").trim() || "sans-serif" };
  const marks = createMarks(map, model, { choose, open, light });
  const links = createLinks(map);
  let chosen = null;
  let layers = [];
  let labels = null;
  let overview = null;
  // Set as long as tiles lie under the atlas: then the basemap leaves land, lines and names to them.
  let tiled = tiles !== null;

  const padding = () => ({ paddingTopLeft: [EDGE, EDGE], paddingBottomRight: [EDGE, EDGE + cover()] });

  /** The middle of `bounds` on the free part of the map, moved so that no empty pole shows if it need not. */
  const middleOf = (bounds, zoom, edge) => {
    const [top, bottom] = [bounds.getNorth(), bounds.getSouth()].map((lat) => map.project([lat, 0], zoom).y);
    const [north, south] = POLES.map((lat) => map.project([lat, 0], zoom).y);
    const least = Math.min(north, top - edge);
    const most = Math.max(south, bottom + edge);
    const half = (map.getSize().y - cover()) / 2;
    const middle =
      2 * half >= most - least ? (least + most) / 2 : Math.max(least + half, Math.min(most - half, (top + bottom) / 2));
    const x = map.project(bounds.getCenter(), zoom).x;
    return map.unproject([x, middle + cover() / 2], zoom);
  };

  const fit = (places, animate = moves()) => {
    const shown = places.filter((place) => place.shown.passages > 0);
    if (!shown.length) {
      map.setView([20, 10], 2, { animate: false });
      return;
    }
    // A country in which other places lie comes into sight with them.
    const local = new Set(shown.filter((place) => !isCountry(place)).map((place) => place.country));
    const wanted = shown.filter((place) => !isCountry(place) || !local.has(place.country));
    const wide = (box) => Math.max(box.getEast() - box.getWest(), box.getNorth() - box.getSouth()) > LOCAL;
    // Beside others a wide area is looked at through its middle: its far ends are not what is read of.
    const whole = wanted.every((place) => place.area && wide(boundsOf(place)));
    const bounds = L.latLngBounds([]);
    for (const place of wanted) {
      const box = boundsOf(place);
      bounds.extend(box && (whole || !wide(box)) ? box : [place.lat, place.lon]);
    }
    const edge = bounds.getEast() - bounds.getWest() > FAR ? EDGE_OF_FAR : EDGE;
    const room = map.getBoundsZoom(bounds, false, L.point(2 * edge, 2 * edge + cover()));
    const zoom = Math.min(room, CLOSEST_FIT);
    map.setMaxBounds(null);
    map.setView(middleOf(bounds, zoom, edge), zoom, { animate });
  };

  const fitAll = (animate) => fit(model.places, animate);

  /** Bring a place into sight with as little movement as will do; tells whether any was needed. */
  const bring = (place) => {
    const size = map.getSize();
    const seen = L.bounds([24, 24], [size.x - 24, size.y - cover() - 24]);
    const point = map.latLngToContainerPoint([place.lat, place.lon]);
    const box = boundsOf(place);
    const animate = moves();
    if (box && box.getEast() - box.getWest() < 90) {
      const corners = [box.getNorthWest(), box.getSouthEast()].map((corner) => map.latLngToContainerPoint(corner));
      const onScreen = L.bounds(corners);
      const extent = onScreen.getSize();
      if (seen.contains(onScreen) && Math.max(extent.x, extent.y) > 60) return false;
      map.flyToBounds(box, { ...padding(), maxZoom: CLOSEST_AREA, animate, duration: 0.6 });
      return true;
    }
    if (seen.contains(point) && (box || map.getZoom() >= 4)) return false;
    const zoom = box ? Math.max(map.getZoom(), 2) : Math.max(map.getZoom(), 5.5);
    const middle = map.project([place.lat, place.lon], zoom).add([0, cover() / 2]);
    if (animate) map.flyTo(map.unproject(middle, zoom), zoom, { duration: 0.6 });
    else map.setView(map.unproject(middle, zoom), zoom, { animate: false });
    return true;
  };

  /** Show where a place is: brought into sight, or looked at closer where it is in sight already. */
  const locate = (place) => {
    if (bring(place)) return;
    const box = boundsOf(place);
    const animate = moves();
    if (box) map.flyToBounds(box, { ...padding(), maxZoom: CLOSEST_AREA, animate, duration: 0.6 });
    else {
      const zoom = Math.min(MAX_ZOOM, Math.max(map.getZoom() + 1, 6));
      map.setView(map.unproject(map.project([place.lat, place.lon], zoom).add([0, cover() / 2]), zoom), zoom, {
        animate,
      });
    }
  };

  /** Show runners-up beside the chosen place, from as near as all of them are seen; none takes them away. */
  const ghosts = (candidates) => {
    marks.ghosts(candidates);
    if (!candidates.length) return;
    const size = map.getSize();
    const seen = L.bounds([24, 24], [size.x - 24, size.y - cover() - 24]);
    const all = [...candidates, ...(chosen ? [chosen] : [])].map(({ lat, lon }) => L.latLng(lat, lon));
    if (all.every((one) => seen.contains(map.latLngToContainerPoint(one)))) return;
    map.flyToBounds(L.latLngBounds(all), { ...padding(), maxZoom: CLOSEST_FIT, animate: moves(), duration: 0.6 });
  };

  const repaint = () => {
    colours = readColours(element, COLOURS);
    for (const layer of layers) layer.repaint();
  };

  const Fit = button("map-fit", WORDS.fitAll, "M3 8V3h5M12 3h5v5M17 12v5h-5M8 17H3v-5", () => fitAll());
  const About = button("map-about", WORDS.about, "M10 9v6M10 5v.5M10 2a8 8 0 1 1 0 16a8 8 0 1 1 0-16", about);
  L.control.zoom({ position: "topright", zoomInTitle: WORDS.zoomIn, zoomOutTitle: WORDS.zoomOut }).addTo(map);
  new Fit().addTo(map);
  new About().addTo(map);
  L.control.scale({ position: "bottomleft", imperial: true, maxWidth: 120 }).addTo(map);
  L.control
    .attribution({ position: "bottomright", prefix: credit("https://leafletjs.com/", "Leaflet") })
    .addAttribution(
      `${credit("https://www.geonames.org/", "GeoNames")} CC BY 4.0 · ${credit("https://www.naturalearthdata.com/", "Natural Earth")}`,
    )
    .addTo(map);

  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
  new ResizeObserver(() => map.invalidateSize({ pan: false })).observe(element);

  const drawLinks = () => links.draw(shows.links ? chosen : null);
  // The countries that are painted, and with what they were painted last.
  const washes = () => (shows.layer === "places" ? marks.washes() : []);
  let land = null;
  let washed = "";
  const show = () => {
    element.dataset.layer = shows.layer;
    drawLinks();
    overview?.refresh();
    for (const layer of layers) layer.repaint();
    washed = String(washes());
  };
  const shows = createLayers(map, () => {
    show();
    changed();
  });
  show();

  if (tiles) {
    element.dataset.tiles = "yes";
    layTiles(map, tiles, () => {
      tiled = false;
      delete element.dataset.tiles;
      say(put(WORDS.noTiles, tiles.name));
      for (const layer of layers) layer.repaint();
    });
  }

  const drawBasemap = async (packed) => {
    let world = null;
    try {
      world = readWorld(await unpack(packed));
    } catch (error) {
      marks.ground(new Map());
      throw error;
    }
    const concerned = new Set(model.places.map((place) => place.country));
    // Places in the far south may have no country.
    if (model.places.some((place) => place.lat < ANTARCTIC)) concerned.add("AQ");
    const given = { concerned, colours: () => colours, washes, tiled: () => tiled };
    marks.ground(world.land);
    overview = createOverview(map, model, world, { shows, colours: given.colours });
    labels = createLabels(world, {
      concerned,
      places: () => overview.named() ?? marks.named(),
      colours: given.colours,
      fonts,
      tiled: given.tiled,
    });
    overview.refresh();
    const [below, lines] = createBasemap(world, given);
    const ground = [below, lines, labels];
    land = below;
    washed = String(washes());
    for (const layer of ground) layer.addTo(map);
    layers = [...ground, ...overview.layers];
    for (const layer of overview.layers) layer.repaint();
    element.dataset.ready = "yes";
  };

  return {
    leaflet: map,
    marks,
    fit,
    fitAll,
    bring,
    locate,
    ghosts,
    drawBasemap,
    /** Show what an address says of the map, and write it into one. */
    adopt: (read) => shows.pick(read.get("layer") ?? "places"),
    write: (written) => {
      if (shows.layer !== "places") written.set("layer", shows.layer);
    },
    refresh: () => {
      marks.refresh();
      drawLinks();
      overview?.refresh();
      // The ground is most of the work: it is painted anew only where countries look otherwise.
      if (String(washes()) !== washed) {
        washed = String(washes());
        land?.repaint();
      }
      labels?.repaint();
      for (const layer of overview?.layers ?? []) layer.repaint();
    },
    choose: (place) => {
      chosen = place;
      marks.choose(place);
      drawLinks();
      const moved = place && bring(place);
      marks.settle();
      // A move paints the names when it has ended.
      if (!moved) labels?.repaint();
    },
  };
};
