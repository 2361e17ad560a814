// The atlas's areas on the map, and the outlines of what is chosen or lit.
import { fromMercator } from "./mercator.js";
import { isCountry } from "./model.js";
import { decodeRing } from "./polyline.js";
import { stepFor } from "./shapes.js";
import { LIKELY } from "./words.js";

const LITERAL = 0;

/** The bounds of a place's area; null for a place that is a point. */
export const boundsOf = (place) => {
  if (!place.area) return null;
  place.bounds ??= L.latLngBounds(place.area.bounds);
  return place.bounds;
};

/** An area is drawn as one for what is or happens there; a point stands for its people or rulers. */
export const isArea = (place) => place.shown.role === LITERAL && place.area !== null;

const extent = (place) => {
  const box = boundsOf(place);
  return (box.getNorth() - box.getSouth()) * (box.getEast() - box.getWest());
};

/** `dress(layer, place)` makes a layer say what it is and take clicks and keys. */
export const createAreas = (map, model, dress) => {
  // Countries that the basemap draws, by code, once it is unpacked: it paints them, and here
  // they only take clicks and focus.
  let drawn = new Map();
  const areas = new Map();
  // Countries lie under the basemap's lines; a region covers them, for its own outline is finer.
  const ground = L.svg({ pane: "areas", padding: 0.5 });
  const above = L.svg({ pane: "regions", padding: 0.5 });
  const outlines = L.svg({ pane: "chosen", padding: 0.5 });
  const traced = { chosen: null, lit: null };

  /** The outline of an area as Leaflet asks for it; null where it is still to be unpacked. */
  const outline = (place) => {
    const { area } = place;
    if (place.outline || !area) return place.outline ?? null;
    if (area.rings) {
      place.outline = area.rings.map((ring) => decodeRing(ring, area.decimals));
    } else if (drawn.has(place.country)) {
      place.outline = drawn.get(place.country).map(({ points }) => {
        const ring = [];
        for (let at = 0; at < points.length; at += 2) ring.push(fromMercator(points[at], points[at + 1]));
        return ring;
      });
    }
    return place.outline ?? null;
  };

  const add = (place) => {
    const country = isCountry(place);
    const classes = [
      "area",
      `area-${stepFor(place.shown.passages)}`,
      country && "area-country",
      country && drawn.has(place.country) && "area-painted",
      place.shown.score < LIKELY && "area-unsure",
      place.area.approximate && "area-approximate",
    ];
    const layer = L.polygon(outline(place), {
      renderer: country ? ground : above,
      className: classes.filter(Boolean).join(" "),
      smoothFactor: 0.8,
    });
    areas.set(place, layer);
    dress(layer, place);
  };

  /** Trace a place's outline as the one that is "chosen" or "lit"; null for none. */
  const trace = (as, place) => {
    traced[as]?.remove();
    const rings = place && outline(place);
    traced[as] = rings
      ? L.polygon(rings, {
          renderer: outlines,
          interactive: false,
          fill: false,
          className: `outline-${as}`,
          smoothFactor: 0.8,
        }).addTo(map)
      : null;
  };

  return {
    trace,
    has: (place) => areas.has(place),
    places: () => areas.keys(),
    /** Draw anew what is switched on: large below small, so that the smaller one wins the click. */
    refresh: () => {
      for (const area of areas.values()) area.remove();
      areas.clear();
      const shown = model.places.filter((place) => place.shown.passages > 0 && isArea(place) && outline(place));
      for (const place of shown.sort((a, b) => extent(b) - extent(a) || a.index - b.index)) add(place);
    },
    /** Take over the countries that the basemap draws; without a basemap they become points. */
    ground: (countries) => {
      drawn = countries;
      for (const place of model.places) {
        if (place.area && !place.area.rings && !drawn.has(place.country)) place.area = null;
      }
    },
    /** The countries for the basemap to paint, as [code, step of the scale]. */
    washes: () =>
      [...areas.keys()]
        .filter((place) => isCountry(place) && drawn.has(place.country))
        .map((place) => [place.country, stepFor(place.shown.passages)]),
  };
};
