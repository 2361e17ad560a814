// How to read the map, its keys, and whose work is in it.
import { h } from "./dom.js";
import { gathered, radiusFor, shape, STEPS } from "./shapes.js";
import { LIKELY, ROLES, WORDS } from "./words.js";

const SIZES = [1, 4, 16];

const KEYS = [
  ["Tab", "from one thing to the next; Enter opens it"],
  ["Esc", "back to where you were"],
  ["j  k", "next and previous passage"],
  ["/", "search"],
  ["f", "show all places"],
];

const SOURCES = [
  ["GeoNames", "https://www.geonames.org/", "places, CC BY 4.0"],
  ["Natural Earth", "https://www.naturalearthdata.com/", "land, borders and areas, public domain"],
  ["U.S. Census Bureau", "https://www.census.gov/", "American counties and small places, public domain"],
  ["airportsdata", "https://github.com/mborsetti/airportsdata", "airports, MIT License"],
  ["Unicode CLDR", "https://cldr.unicode.org/", "names of countries, Unicode License v3"],
  ["Leaflet", "https://leafletjs.com/", "the map's engine, BSD 2-Clause License"],
];

const step = (least, at) => {
  const next = STEPS[at + 1];
  return !next ? `${least} and more` : next - 1 === least ? `${least}` : `${least}–${next - 1}`;
};

export const aboutView = () => ({
  element: h(
    "div",
    { class: "view view-about" },
    h("h1", { class: "place-name", tabindex: "-1" }, WORDS.about),
    h("h2", {}, "Marks"),
    h(
      "ul",
      { class: "legend" },
      ROLES.map(({ name, more }, role) =>
        h("li", {}, shape({ role, radius: 6, size: 24 }), h("span", {}, h("strong", {}, name), `: ${more}`)),
      ),
      h(
        "li",
        {},
        gathered({ amount: 3, radius: 8, size: 24 }),
        h("span", {}, h("strong", {}, "With a number"), ": so many places, too close together to be marked one by one"),
      ),
      h(
        "li",
        {},
        shape({ role: 0, score: 0, radius: 6, size: 24 }),
        h("span", {}, h("strong", {}, "Hollow and dashed"), `: uncertain, a probability below ${LIKELY.toFixed(2)}`),
      ),
    ),
    h("h2", {}, "Passages of a place"),
    h(
      "ul",
      { class: "legend legend-row" },
      SIZES.map((passages) => {
        const radius = radiusFor(passages);
        return h("li", {}, shape({ role: 0, radius, size: 2 * radius + 6 }), h("span", {}, String(passages)));
      }),
    ),
    h("h2", {}, "Passages of a country (paler) and of a region"),
    h(
      "ul",
      { class: "legend legend-row" },
      STEPS.map((least, at) =>
        h("li", {}, h("span", { class: `swatch swatch-${at + 1}`, "aria-hidden": "true" }), h("span", {}, step(least, at))),
      ),
    ),
    h(
      "p",
      { class: "small" },
      "Names and borders follow ISO 3166. Lines in dispute are dashed. The map draws no conclusion about any of them.",
    ),
    h("h2", {}, "Keys"),
    h("dl", { class: "keys" }, KEYS.map(([key, does]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, does)])),
    h("h2", {}, "Sources"),
    h(
      "ul",
      { class: "sources" },
      SOURCES.map(([name, href, what]) =>
        h("li", {}, h("a", { href, target: "_blank", rel: "noopener noreferrer" }, name), `: ${what}`),
      ),
    ),
    h("p", { class: "small" }, "Places are found by a program and can be wrong; “Why here?” tells how each was chosen. This page is one file and asks nothing of any network."),
  ),
});
