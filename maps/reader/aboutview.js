// How to read the map, its keys, and whose work is in it.
import { h } from "./dom.js";
import { gathered, radiusFor, shape, STEPS } from "./shapes.js";
import { KEYS, keepLanguage, LANGUAGE, LIKELY, put, ROLES, SOURCE_WORDS, TABLES, WORDS } from "./words.js";

const SIZES = [1, 4, 16];

const SOURCES = [
  ["GeoNames", "https://www.geonames.org/", "geonames"],
  ["Natural Earth", "https://www.naturalearthdata.com/", "naturalEarth"],
  ["U.S. Census Bureau", "https://www.census.gov/", "census"],
  ["airportsdata", "https://github.com/mborsetti/airportsdata", "airports"],
  ["Unicode CLDR", "https://cldr.unicode.org/", "cldr"],
  ["Leaflet", "https://leafletjs.com/", "leaflet"],
];

const step = (least, at) => {
  const next = STEPS[at + 1];
  return !next ? put(WORDS.andMore, least) : next - 1 === least ? `${least}` : `${least}–${next - 1}`;
};

/** The languages of the interface; the one that is chosen is kept for the next visit. */
const languages = () =>
  h(
    "p",
    { class: "small" },
    `${WORDS.language}: `,
    Object.entries(TABLES).map(([code, { name }]) => [
      h(
        "button",
        {
          class: "link language",
          type: "button",
          lang: code,
          "data-key": `language ${code}`,
          "aria-pressed": String(code === LANGUAGE),
          onclick: () => keepLanguage(code) && location.reload(),
        },
        name,
      ),
      " ",
    ]),
  );

export const aboutView = () => ({
  element: h(
    "div",
    { class: "view view-about" },
    h("h1", { class: "place-name", tabindex: "-1" }, WORDS.about),
    h("h2", {}, WORDS.marks),
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
        h("span", {}, h("strong", {}, WORDS.gathered), `: ${WORDS.gatheredMore}`),
      ),
      h(
        "li",
        {},
        shape({ role: 0, score: 0, radius: 6, size: 24 }),
        h("span", {}, h("strong", {}, WORDS.hollow), `: ${put(WORDS.hollowMore, LIKELY.toFixed(2))}`),
      ),
    ),
    h("h2", {}, WORDS.sizes),
    h(
      "ul",
      { class: "legend legend-row" },
      SIZES.map((passages) => {
        const radius = radiusFor(passages);
        return h("li", {}, shape({ role: 0, radius, size: 2 * radius + 6 }), h("span", {}, String(passages)));
      }),
    ),
    h("h2", {}, WORDS.scale),
    h(
      "ul",
      { class: "legend legend-row" },
      STEPS.map((least, at) =>
        h(
          "li",
          {},
          h("span", { class: `swatch swatch-${at + 1}`, "aria-hidden": "true" }),
          h("span", {}, step(least, at)),
        ),
      ),
    ),
    h("p", { class: "small" }, WORDS.borders),
    h("h2", {}, WORDS.keys),
    h(
      "dl",
      { class: "keys" },
      KEYS.map(([key, does]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, does)]),
    ),
    h("h2", {}, WORDS.sources),
    h(
      "ul",
      { class: "sources" },
      SOURCES.map(([name, href, what]) =>
        h("li", {}, h("a", { href, target: "_blank", rel: "noopener noreferrer" }, name), `: ${SOURCE_WORDS[what]}`),
      ),
    ),
    h("p", { class: "small" }, WORDS.caution),
    languages(),
  ),
});
