// The atlas's own marks and areas on the map.
import { h } from "./dom.js";
import { fromMercator } from "./mercator.js";
import { decodeRing } from "./polyline.js";
import { radiusFor, shape, stepFor } from "./shapes.js";
import { kindOf, LIKELY, passagesInArticles } from "./words.js";
import { isCountry, whereabouts } from "./model.js";

const LITERAL = 0;

// An area smaller than this on the screen gets a mark, or it would be missed. In pixels.
const TOO_SMALL = 16;

// The least size of what can be pressed: WCAG 2.2, 2.5.8. In pixels.
const TARGET = 24;

// The small marks lie on the large ones, where both would be pressed. Leaflet adds the
// height on the screen in pixels to these, so they lie a screen apart from each other.
const levelOf = (radius) => 100_000 - Math.round(radius) * 4000;
const ABOVE_ALL = 200_000;

export const describe = (place) =>
  `${[place.name, whereabouts(place)].filter(Boolean).join(", ")}: ${passagesInArticles(place.shown.passages, place.shown.articles)}`;

/** The bounds of a place's area; null for a place that is a point. */
export const boundsOf = (place) => {
  if (!place.area) return null;
  place.bounds ??= L.latLngBounds(place.area.bounds);
  return place.bounds;
};

export const createMarks = (map, model, { choose, light }) => {
  // Countries that the basemap draws, by code, once it is unpacked: it paints them, and here
  // they only take clicks and focus.
  let drawn = new Map();
  const marks = new Map();
  const areas = new Map();
  // Countries lie under the basemap's lines; a region covers them, for its own outline is finer.
  const ground = L.svg({ pane: "areas", padding: 0.5 });
  const above = L.svg({ pane: "regions", padding: 0.5 });
  const outlines = L.svg({ pane: "chosen", padding: 0.5 });
  let chosen = null;
  let lit = null;
  let chosenLine = null;
  let litLine = null;
  let ghosts = [];

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

  const label = (place) => () =>
    h(
      "div",
      { class: "hint" },
      h("strong", { dir: "auto" }, place.name),
      h("span", {}, [kindOf(place), whereabouts(place)].filter(Boolean).join(" · ")),
      h("span", {}, passagesInArticles(place.shown.passages, place.shown.articles)),
    );

  // The keyboard's way to what a pointer clicks.
  const operable = (element, place) => {
    element.setAttribute("role", "button");
    element.setAttribute("tabindex", "0");
    element.setAttribute("aria-label", describe(place));
    element.dataset.place = place.index;
    element.dataset.key = `map ${place.id}`;
    if (element.dataset.operable) return;
    element.dataset.operable = "yes";
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      event.stopPropagation();
      choose(place);
    });
    element.addEventListener("focus", () => light(place));
    element.addEventListener("blur", () => light(null));
  };

  const watch = (layer, place) =>
    layer
      .on("click", (event) => {
        L.DomEvent.stopPropagation(event);
        choose(place);
      })
      .on("mouseover", () => light(place))
      .on("mouseout", () => light(null));

  const addMark = (place) => {
    const { role, score, passages } = place.shown;
    const radius = radiusFor(passages);
    const size = Math.max(TARGET, Math.ceil(radius * 2.6) + 4);
    const marker = L.marker([place.lat, place.lon], {
      icon: L.divIcon({
        html: shape({ role: Math.max(role, 0), score, radius, size }),
        className: "mark",
        iconSize: [size, size],
      }),
      keyboard: false,
      riseOnHover: true,
      zIndexOffset: levelOf(radius),
    });
    marker.bindTooltip(label(place), { direction: "top", offset: [0, -radius], className: "hint-frame", opacity: 1 });
    watch(marker, place).addTo(map);
    operable(marker.getElement(), place);
    marks.set(place, { marker, radius });
  };

  const addArea = (place) => {
    const area = L.polygon(outline(place), {
      renderer: isCountry(place) ? ground : above,
      className: [
        "area",
        `area-${stepFor(place.shown.passages)}`,
        isCountry(place) ? "area-country" : "",
        isCountry(place) && drawn.has(place.country) ? "area-painted" : "",
        place.shown.score < LIKELY ? "area-unsure" : "",
      ].join(" ").trim(),
      smoothFactor: 0.8,
    });
    area.bindTooltip(label(place), { sticky: true, className: "hint-frame", opacity: 1 });
    watch(area, place).addTo(map);
    operable(area.getElement(), place);
    areas.set(place, area);
  };

  const isArea = (place) => place.shown.role === LITERAL && place.area !== null;

  const tooSmall = (place) => {
    const box = boundsOf(place);
    const size = map.project(box.getNorthWest()).subtract(map.project(box.getSouthEast()));
    return Math.max(Math.abs(size.x), Math.abs(size.y)) < TOO_SMALL;
  };

  const needsMark = (place) =>
    place === chosen && place.shown.passages === 0
      ? !place.area
      : place.shown.passages > 0 && (!isArea(place) || tooSmall(place));

  // Marks of areas come and go with the zoom; all the others stay.
  const settle = () => {
    for (const place of model.places) {
      const wanted = needsMark(place);
      if (wanted && !marks.has(place)) addMark(place);
      else if (!wanted && marks.has(place)) {
        marks.get(place).marker.remove();
        marks.delete(place);
      }
    }
    paint();
  };

  // Only marks whose look changes are touched: there can be thousands.
  let touched = [];
  const paint = () => {
    for (const place of [...touched, chosen, lit]) {
      const mark = marks.get(place);
      if (!mark) continue;
      const { classList } = mark.marker.getElement();
      classList.toggle("mark-chosen", place === chosen);
      classList.toggle("mark-lit", place === lit);
      mark.marker.setZIndexOffset(place === chosen ? ABOVE_ALL : levelOf(mark.radius));
    }
    touched = [chosen, lit];
  };

  const trace = (place, className) => {
    const rings = place && outline(place);
    return rings
      ? L.polygon(rings, { renderer: outlines, interactive: false, fill: false, className, smoothFactor: 0.8 }).addTo(map)
      : null;
  };

  map.on("zoomend", settle);

  return {
    /** Draw anew what is switched on. */
    refresh: () => {
      for (const { marker } of marks.values()) marker.remove();
      for (const area of areas.values()) area.remove();
      marks.clear();
      areas.clear();
      // Large below small, so that the smaller one is seen and wins the click.
      const shown = model.places.filter((place) => place.shown.passages > 0 && isArea(place) && outline(place));
      const extent = (place) => {
        const box = boundsOf(place);
        return (box.getNorth() - box.getSouth()) * (box.getEast() - box.getWest());
      };
      for (const place of shown.sort((a, b) => extent(b) - extent(a) || a.index - b.index)) addArea(place);
      settle();
    },
    choose: (place) => {
      chosen = place;
      chosenLine?.remove();
      chosenLine = trace(place, "outline-chosen");
      settle();
    },
    light: (place) => {
      if (place === lit) return;
      lit = place;
      litLine?.remove();
      litLine = place === chosen ? null : trace(place, "outline-lit");
      paint();
    },
    /** Show runners-up as ghosts beside the place that was chosen; none takes them away. */
    ghosts: (candidates) => {
      for (const ghost of ghosts) ghost.remove();
      ghosts = candidates.map((one) =>
        L.marker([one.lat, one.lon], {
          icon: L.divIcon({
            html: shape({ role: LITERAL, score: 0, radius: 7, size: TARGET }),
            className: "mark mark-ghost",
            iconSize: [TARGET, TARGET],
          }),
          interactive: false,
          keyboard: false,
        })
          .bindTooltip(() => h("span", {}, `${one.name}, ${[one.admin1, one.countryName].filter(Boolean).join(", ")}`), {
            permanent: true,
            direction: "top",
            offset: [0, -6],
            className: "hint-frame hint-ghost",
          })
          .addTo(map),
      );
    },
    /** Take over the countries that the basemap draws; without a basemap they become points. */
    ground: (countries) => {
      drawn = countries;
      for (const place of model.places) {
        if (place.area && !place.area.rings && !drawn.has(place.country)) place.area = null;
      }
      chosenLine?.remove();
      chosenLine = trace(chosen, "outline-chosen");
    },
    /** The countries for the basemap to paint, as [code, step of the scale]. */
    washes: () =>
      [...areas.keys()]
        .filter((place) => isCountry(place) && drawn.has(place.country))
        .map((place) => [place.country, stepFor(place.shown.passages)]),
    /** The places to name on the map, the most spoken of first. */
    named: () =>
      model.places
        .filter((place) => marks.has(place) || areas.has(place) || place === chosen)
        .map((place) => ({
          name: place.name,
          lon: place.lon,
          lat: place.lat,
          radius: marks.get(place)?.radius ?? 0,
          chosen: place === chosen,
          weight: (place === chosen ? 1e9 : 0) + place.shown.passages,
        }))
        .sort((a, b) => b.weight - a.weight),
  };
};
