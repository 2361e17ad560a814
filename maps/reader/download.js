// What is shown, as files for other tools: the flat table that `dateline places` writes too.
import { h } from "./dom.js";
import { surface } from "./model.js";
import { ROLE_NAMES, WORDS } from "./words.js";

/** The number of characters before a position; the page counts UTF-16 units, and files do not. */
const characters = (article) => {
  article.wide ??= [...article.text.matchAll(/[\u{10000}-\u{10ffff}]/gu)].map((match) => match.index);
  const { wide } = article;
  return (position) => (wide.length ? position - wide.filter((at) => at < position).length : position);
};

/** The mentions that the filters let through, one record each, in the order of the texts. */
export const flatRows = (model) => {
  const rows = [];
  for (const article of model.articles) {
    const position = characters(article);
    for (const mention of article.mentions) {
      const { place, passage } = mention;
      if (!place || mention.fails !== 0) continue;
      rows.push({
        article_id: article.id,
        start: position(mention.start),
        end: position(mention.end),
        text: surface(mention),
        role: ROLE_NAMES[mention.role],
        place_id: place.id,
        name: place.name,
        lat: place.lat,
        lon: place.lon,
        country_code: place.country,
        admin1: place.admin1,
        feature_class: place.class,
        feature_code: place.code,
        score: mention.score,
        reason: model.reasonOf(mention),
        passage: article.text.slice(passage.start, passage.end),
      });
    }
  }
  return rows;
};

/** RFC 7946: one feature a mention, longitude first. */
export const toGeoJson = (rows) =>
  `{"type": "FeatureCollection", "features": [\n${rows
    .map((row) =>
      JSON.stringify({
        type: "Feature",
        geometry: { type: "Point", coordinates: [row.lon, row.lat] },
        properties: row,
      }),
    )
    .join(",\n")}\n]}\n`;

const COLUMNS = [
  "article_id",
  "start",
  "end",
  "text",
  "role",
  "place_id",
  "name",
  "lat",
  "lon",
  "country_code",
  "admin1",
  "feature_class",
  "feature_code",
  "score",
  "reason",
  "passage",
];

const cell = (value) => {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** RFC 4180, with "\n" for a line's end. */
export const toCsv = (rows) =>
  [COLUMNS, ...rows.map((row) => COLUMNS.map((column) => row[column]))]
    .map((line) => `${line.map(cell).join(",")}\n`)
    .join("");

const FORMATS = [
  ["GeoJSON", "places.geojson", "application/geo+json", toGeoJson],
  ["CSV", "places.csv", "text/csv;charset=utf-8", toCsv],
];

const save = (name, type, text) => {
  const address = URL.createObjectURL(new Blob([text], { type }));
  h("a", { href: address, download: name }).click();
  // The browser has taken it over once this turn is done.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
};

export const downloads = (model) =>
  h(
    "p",
    { class: "downloads" },
    WORDS.download,
    FORMATS.map(([label, name, type, write]) => [
      " ",
      h(
        "button",
        { class: "link", type: "button", "data-key": name, onclick: () => save(name, type, write(flatRows(model))) },
        label,
      ),
    ]),
  );
