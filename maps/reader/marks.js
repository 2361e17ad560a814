// The atlas's own marks on the map, gathered where they would overlap, with its areas.
import { boundsOf, createAreas, isArea } from "./areas.js";
import { h } from "./dom.js";
import { gather } from "./gather.js";
import { mercatorX, mercatorY } from "./mercator.js";
import { whereabouts } from "./model.js";
import { gathered, GATHERED, LARGEST, radiusFor, shape } from "./shapes.js";
import { count, kindOf, passagesInArticles, WORDS } from "./words.js";

const LITERAL = 0;

// An area smaller than this on the screen gets a mark, or it would be missed. In pixels.
const TOO_SMALL = 16;

// The least size of what can be pressed, and the least distance between the middles of two:
// WCAG 2.2, 2.5.8. In pixels.
const TARGET = 24;

// The small marks lie on the large ones, where both would be pressed. Leaflet adds the
// height on the screen in pixels to these, so they lie a screen apart from each other.
const levelOf = (radius) => 100_000 - Math.round(radius) * 4000;
const ABOVE_ALL = 200_000;

// Marks are made as far around what is seen, as a share of it, so that dragging shows them.
const AROUND = 0.5;

// So many names are told of a mark that stands for several places.
const TOLD = 4;

export const describe = (place) =>
  `${[place.name, whereabouts(place)].filter(Boolean).join(", ")}: ${passagesInArticles(place.shown.passages, place.shown.articles)}`;

const namesOf = (places) => {
  const more = places.length - TOLD;
  const told = places.slice(0, more > 1 ? TOLD : undefined).map((place) => place.name);
  return more > 1 ? `${told.join(", ")} and ${more} more` : told.join(", ");
};

const radiusOf = (passages, amount) => Math.max(radiusFor(passages), amount > 1 ? GATHERED : 0);

export const createMarks = (map, model, { choose, open, light }) => {
  // The marks by what they stand for, and the mark of each place.
  const marks = new Map();
  const markOf = new Map();
  let chosen = null;
  let lit = null;
  let ghosts = [];

  const label = (place) => () =>
    h(
      "div",
      { class: "hint" },
      h("strong", { dir: "auto" }, place.name),
      h("span", {}, [kindOf(place), whereabouts(place)].filter(Boolean).join(" · ")),
      h("span", {}, passagesInArticles(place.shown.passages, place.shown.articles)),
      place.area?.approximate ? h("span", {}, WORDS.approximate) : null,
    );

  const labelOfAll = (places) => () =>
    h(
      "div",
      { class: "hint" },
      h("strong", {}, count(places.length, "place")),
      h("span", { dir: "auto" }, namesOf(places)),
    );

  // What a pointer clicks, a key presses as well; `over` is lit meanwhile.
  const operate = (layer, { name, key, press, over }) => {
    layer
      .on("click", (event) => {
        L.DomEvent.stopPropagation(event);
        press();
      })
      .on("mouseover", () => light(over))
      .on("mouseout", () => light(null))
      .addTo(map);
    const element = layer.getElement();
    for (const [attribute, value] of Object.entries({
      role: "button",
      tabindex: "0",
      "aria-label": name,
      "data-key": key,
    })) {
      element.setAttribute(attribute, value);
    }
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      event.stopPropagation();
      press();
    });
    element.addEventListener("focus", () => light(over));
    element.addEventListener("blur", () => light(null));
  };

  const operatePlace = (layer, place) =>
    operate(layer, { name: describe(place), key: `map ${place.id}`, press: () => choose(place), over: place });

  const areas = createAreas(map, model, (layer, place) => {
    layer.bindTooltip(label(place), { sticky: true, className: "hint-frame", opacity: 1 });
    operatePlace(layer, place);
  });

  const addMark = (key, places, weight) => {
    const [place] = places;
    const single = places.length === 1;
    const radius = radiusOf(weight, places.length);
    const size = Math.max(TARGET, Math.ceil(radius * 2.6) + 4);
    const { role, score } = place.shown;
    const marker = L.marker([place.lat, place.lon], {
      icon: L.divIcon({
        html: single
          ? shape({ role: Math.max(role, 0), score, radius, size })
          : gathered({ amount: places.length, radius, size }),
        className: single ? "mark" : "mark mark-gathered",
        iconSize: [size, size],
      }),
      keyboard: false,
      riseOnHover: true,
      zIndexOffset: levelOf(radius),
    });
    marker.bindTooltip(single ? label(place) : labelOfAll(places), {
      direction: "top",
      offset: [0, -radius],
      className: "hint-frame",
      opacity: 1,
    });
    if (single) operatePlace(marker, place);
    else {
      operate(marker, {
        name: `${count(places.length, "place")} close together: ${namesOf(places)}`,
        key: `map ${place.id}`,
        press: () => open(places),
        over: null,
      });
    }
    marks.set(key, { marker, radius, places, weight });
  };

  const tooSmall = (place) => {
    const box = boundsOf(place);
    const size = map.project(box.getNorthWest()).subtract(map.project(box.getSouthEast()));
    return Math.max(Math.abs(size.x), Math.abs(size.y)) < TOO_SMALL;
  };

  const needsMark = (place) =>
    place === chosen && place.shown.passages === 0
      ? !place.area
      : place.shown.passages > 0 && (!isArea(place) || tooSmall(place));

  // What the marks of a zoom stand for: the chosen place for itself, the others as there is room.
  let groups = [];
  // Set where what is chosen or shown has changed since they were last gathered.
  let stale = true;
  const regather = () => {
    stale = false;
    const scale = 256 * 2 ** map.getZoom();
    const points = [];
    for (const place of model.places) {
      if (place === chosen || !needsMark(place)) continue;
      place.fraction ??= [mercatorX(place.lon), mercatorY(place.lat)];
      const [x, y] = place.fraction;
      points.push({ item: place, x: x * scale, y: y * scale, weight: place.shown.passages });
    }
    groups = gather(points, { radiusOf, apart: TARGET, widest: LARGEST });
    if (chosen && needsMark(chosen)) groups.push({ items: [chosen], weight: chosen.shown.passages });
  };

  // Only what is in sight is made, and of that only what was not there before.
  const settle = () => {
    if (stale) regather();
    const sight = map.getBounds().pad(AROUND);
    const wanted = new Map();
    for (const group of groups) {
      const [place] = group.items;
      if (place !== chosen && !sight.contains([place.lat, place.lon])) continue;
      wanted.set(group.items.map(({ index }) => index).join(" "), group);
    }
    let focused = null;
    for (const [key, { marker, places }] of marks) {
      if (wanted.has(key)) continue;
      if (marker.getElement() === document.activeElement) [focused] = places;
      marker.remove();
      marks.delete(key);
    }
    for (const [key, { items, weight }] of wanted) if (!marks.has(key)) addMark(key, items, weight);
    markOf.clear();
    for (const mark of marks.values()) for (const place of mark.places) markOf.set(place, mark);
    paint();
    // Whoever came by keyboard stays with the place, whatever mark stands for it now.
    if (focused) markOf.get(focused)?.marker.getElement().focus({ preventScroll: true });
  };

  const renew = () => {
    stale = true;
    settle();
  };

  // Only marks whose look changes are touched: there can be thousands.
  let touched = [];
  const paint = () => {
    const now = [chosen, lit].map((place) => markOf.get(place));
    for (const mark of new Set([...touched, ...now])) {
      const element = mark?.marker.getElement();
      if (!element) continue;
      element.classList.toggle("mark-chosen", chosen !== null && mark === now[0]);
      element.classList.toggle("mark-lit", lit !== null && mark === now[1]);
      mark.marker.setZIndexOffset(mark === now[0] ? ABOVE_ALL : levelOf(mark.radius));
    }
    touched = now;
  };

  // Leaflet tells the end of a zoom before that of the move that it is part of.
  map.on("zoomend", regather);
  map.on("moveend", settle);

  return {
    /** Draw anew what is switched on. */
    refresh: () => {
      for (const { marker } of marks.values()) marker.remove();
      marks.clear();
      areas.refresh();
      renew();
    },
    /** Choose a place; what that changes is seen when the map has moved, or at once with `settle`. */
    choose: (place) => {
      chosen = place;
      stale = true;
      areas.trace("chosen", place);
    },
    /** Show what has changed, unless a movement of the map has done so. */
    settle: () => {
      if (stale) settle();
    },
    light: (place) => {
      if (place === lit) return;
      lit = place;
      areas.trace("lit", place === chosen ? null : place);
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
          .bindTooltip(
            () => h("span", {}, `${one.name}, ${[one.admin1, one.countryName].filter(Boolean).join(", ")}`),
            {
              permanent: true,
              direction: "top",
              offset: [0, -6],
              className: "hint-frame hint-ghost",
            },
          )
          .addTo(map),
      );
    },
    /** Take over the countries that the basemap draws, an empty map where there is no basemap. */
    ground: (countries) => {
      areas.ground(countries);
      areas.refresh();
      areas.trace("chosen", chosen);
      renew();
    },
    washes: areas.washes,
    /** The places to name on the map, the most spoken of first. */
    named: () => {
      const named = [...marks.values()].map(({ places: [place, ...others], radius, weight }) => ({
        place,
        name: others.length ? `${place.name} +${others.length}` : place.name,
        radius,
        weight,
      }));
      const gatheredUp = new Set(groups.flatMap((group) => group.items));
      for (const place of new Set([...areas.places(), ...(chosen ? [chosen] : [])])) {
        if (!gatheredUp.has(place)) named.push({ place, name: place.name, radius: 0, weight: place.shown.passages });
      }
      return named
        .map(({ place, ...one }) => ({ ...one, lon: place.lon, lat: place.lat, chosen: place === chosen }))
        .sort((a, b) => b.chosen - a.chosen || b.weight - a.weight);
    },
  };
};
