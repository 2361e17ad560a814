// The layers that sum the atlas up: heat of passages, and countries or divisions by their number.
import { isArea } from "./areas.js";
import { fillAll } from "./basemap.js";
import { createCanvas } from "./canvas.js";
import { h } from "./dom.js";
import { createHeat } from "./heat.js";
import { boundsFor } from "./layers.js";
import { fromMercator, mercatorX, mercatorY } from "./mercator.js";
import { createSums } from "./sums.js";
import { count, WORDS } from "./words.js";

const STEPS = 5;
// So many areas are listed beside their picture, and so many are named on it.
const LISTED = 60;
const NAMED = 40;

export const createOverview = (map, model, world, { shows, colours }) => {
  const sums = createSums(model, world);
  let areas = [];
  let bounds = [];
  const isSum = () => shows.layer === "countries" || shows.layer === "regions";
  const stepOf = ({ passages }) => bounds.filter((least) => passages >= least).length;

  const points = () =>
    shows.layer === "heat"
      ? model.places
          .filter((place) => place.shown.passages > 0 && !isArea(place))
          .map((place) => ({ lon: place.lon, lat: place.lat, weight: place.shown.passages, place }))
      : [];

  const painted = createCanvas("sums", (context, view) => {
    if (!isSum()) return;
    const colour = colours();
    // The faces of a country come the largest first: one that lies within another is painted over it.
    const stepAt = new Map(areas.map((area) => [area.at, stepOf(area)]));
    const all =
      shows.layer === "countries"
        ? areas.map(({ at, rings }) => [at, rings])
        : sums.blank().map((face) => [face, [face]]);
    for (const [at, rings] of all) {
      const step = stepAt.get(at);
      fillAll(context, [rings], view, step ? colour[`scale-${step}`] : colour.land);
    }
  });

  const heat = createHeat({ points, colours });

  // What a pointer is over is told beside it; the list in the legend tells all of them.
  const told = L.tooltip({ direction: "top", className: "hint-frame", opacity: 1, offset: [0, -8] });
  map.on("mousemove", ({ latlng }) => {
    const area = isSum() && sums.at(areas, [mercatorX(latlng.lng), mercatorY(latlng.lat)]);
    if (!area) {
      told.remove();
      return;
    }
    told
      .setLatLng(latlng)
      .setContent(
        h(
          "div",
          { class: "hint" },
          h("strong", { dir: "auto" }, area.name),
          h("span", {}, count(area.passages, "passage")),
        ),
      );
    if (!map.hasLayer(told)) told.addTo(map);
  });
  map.on("mouseout", () => told.remove());

  const middle = ({ rings }) => {
    const [ring] = [...rings].sort(
      (a, b) => (b.east - b.west) * (b.south - b.north) - (a.east - a.west) * (a.south - a.north),
    );
    const [lat, lon] = fromMercator((ring.west + ring.east) / 2, (ring.north + ring.south) / 2);
    return { lon, lat };
  };

  // What is not shown is not there, and costs nothing when the map moves.
  const put = (layer, on) => {
    if (on !== map.hasLayer(layer)) map[on ? "addLayer" : "removeLayer"](layer);
  };

  return {
    layers: [painted, heat],
    /** Reckon anew what is shown, and explain it; `layers` are to be painted after that. */
    refresh: () => {
      told.remove();
      put(painted, isSum());
      put(heat, shows.layer === "heat");
      if (!isSum()) {
        areas = [];
        shows.explain(
          shows.layer === "heat"
            ? { title: WORDS.layers.heat, note: WORDS.heatNote, ends: [WORDS.few, WORDS.many] }
            : null,
        );
        return;
      }
      areas = sums[shows.layer]();
      bounds = boundsFor(areas[0]?.passages ?? 1, STEPS);
      shows.explain({
        title: WORDS.layers[shows.layer],
        note: shows.layer === "regions" ? WORDS.regionsNote : WORDS.countriesNote,
        bounds,
        rows: areas.slice(0, LISTED).map(({ name, passages }) => [name, passages]),
      });
    },
    /** What to name on the map in place of the marks; null where the marks are shown. */
    named: () => {
      if (shows.layer === "heat") {
        return points()
          .sort((a, b) => b.weight - a.weight)
          .slice(0, NAMED)
          .map(({ place, lon, lat }) => ({ name: place.name, lon, lat, radius: 0, chosen: false }));
      }
      if (shows.layer !== "regions") return isSum() ? [] : null;
      return areas
        .slice(0, NAMED)
        .map((area) => ({ name: area.name.split(", ")[0], ...middle(area), radius: 0, chosen: false }));
    },
  };
};
