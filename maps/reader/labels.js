// Names on the map: none over another, none over a mark; what matters most comes first.
import { isLeftOff } from "./basemap.js";
import { createCanvas, PADDING } from "./canvas.js";
import { mercatorX, mercatorY } from "./mercator.js";

// From which zoom on names of each rank (1 to 6) appear.
const COUNTRY_ZOOM = [0, 1.5, 2.25, 3, 3.75, 4.5, 5.25];
const CITY_ZOOM = [0, 3.25, 4.25, 5, 6, 7, 8];
const CAPITAL_EARLIER = 0.75;

// Side of the cells by which boxes are found, in pixels, and more rows of them than any screen has.
const CELL = 64;
const COLUMN = 65536;

// Space kept free around each name, in pixels.
const AIR = 3;

/** What has been placed so far; `fits` says whether a box keeps clear of it all. */
export const createPlacing = () => {
  // By the cells that they touch, so that only what is near is compared.
  const cells = new Map();
  const each = ({ left, right, top, bottom }, work) => {
    for (let column = Math.floor(left / CELL); column * CELL <= right; column += 1) {
      for (let row = Math.floor(top / CELL); row * CELL <= bottom; row += 1) {
        if (work(column * COLUMN + row) === false) return false;
      }
    }
    return true;
  };
  const apart = (box, other) =>
    box.left > other.right || box.right < other.left || box.top > other.bottom || box.bottom < other.top;
  return {
    take: (box) =>
      each(box, (cell) => {
        if (cells.has(cell)) cells.get(cell).push(box);
        else cells.set(cell, [box]);
      }),
    fits: (box) => each(box, (cell) => (cells.get(cell) ?? []).every((other) => apart(box, other))),
  };
};

// Where a name may stand beside its point, the best first, as (x, y) of its middle.
const beside = (x, y, width, height, gap) => [
  [x + gap + width / 2, y],
  [x - gap - width / 2, y],
  [x, y - gap - height / 2],
  [x, y + gap + height / 2],
  [x + gap * 0.7 + width / 2, y - gap * 0.7 - height / 2],
  [x + gap * 0.7 + width / 2, y + gap * 0.7 + height / 2],
];

/**
 * `places()` are the places of the atlas to name: {name, lon, lat, radius, area, chosen},
 * the most important first; their marks and names come before all others.
 */
export const createLabels = (world, { concerned, places, colours, fonts, tiled }) => {
  const widths = new Map();
  const widthOf = (context, font, text) => {
    const key = `${font} ${text}`;
    if (!widths.has(key)) widths.set(key, context.measureText(text).width);
    return widths.get(key);
  };
  return createCanvas("labels", (context, view) => {
    const placing = createPlacing();
    const colour = colours();
    const at = (lon, lat) => [mercatorX(lon) * view.scale - view.left, mercatorY(lat) * view.scale - view.top];
    const margin = (view.width * PADDING) / (1 + 2 * PADDING);
    // No name is cut by the map's edge; those beyond it wait for the map to be dragged.
    const isCut = ({ left, right }) =>
      [margin, view.width - margin].some((edge) => left + AIR < edge && right - AIR > edge);
    const visible = (x, y) => x > -80 && y > -20 && x < view.width + 80 && y < view.height + 20;
    context.textBaseline = "middle";
    context.textAlign = "center";
    context.lineJoin = "round";

    const write = (text, x, y, ink) => {
      context.strokeStyle = colour.halo;
      context.lineWidth = 3;
      context.strokeText(text, x, y);
      context.fillStyle = ink;
      context.fillText(text, x, y);
    };
    // Setting a font costs more than writing a name in it.
    let fontNow = "";
    const style = (font, spacing = "0px") => {
      if (font === fontNow) return;
      fontNow = font;
      context.font = font;
      if ("letterSpacing" in context) context.letterSpacing = spacing;
    };
    const put = (text, size, positions, ink) => {
      const width = widthOf(context, fontNow, text);
      const height = size * 1.2;
      const boxed = ([x, y]) => ({
        x,
        y,
        left: x - width / 2 - AIR,
        right: x + width / 2 + AIR,
        top: y - height / 2,
        bottom: y + height / 2,
      });
      for (const { x, y, ...box } of positions(width, height).map(boxed)) {
        if (isCut(box) || !placing.fits(box)) continue;
        placing.take(box);
        write(text, x, y, ink);
        return true;
      }
      return false;
    };

    const named = places();
    const points = [];
    for (const place of named) {
      const [x, y] = at(place.lon, place.lat);
      if (!visible(x, y)) continue;
      const point = { place, x, y, written: false };
      points.push(point);
      if (place.radius) {
        const reach = place.radius + 1;
        placing.take({ left: x - reach, right: x + reach, top: y - reach, bottom: y + reach });
      }
    }
    for (const point of points) {
      const { place, x, y } = point;
      const size = 13;
      style(`${place.chosen ? 700 : 600} ${size}px ${fonts.ui}`);
      const ink = place.chosen ? colour.accent : colour.ink;
      const gap = place.radius + 5;
      point.written = put(
        place.name,
        size,
        (width, height) =>
          place.radius
            ? beside(x, y, width, height, gap)
            : [
                [x, y],
                [x, y - 18],
                [x, y + 18],
              ],
        ink,
      );
    }

    if (tiled()) return; // the tiles bring the other names
    const taken = new Set(points.filter((point) => point.written).map((point) => point.place.name));
    for (const country of world.countries) {
      if (view.zoom < (COUNTRY_ZOOM[country.rank] ?? Infinity) || taken.has(country.name)) continue;
      if (isLeftOff(country.code, view, concerned)) continue;
      const [x, y] = at(country.lon, country.lat);
      if (!visible(x, y)) continue;
      const size = Math.min(15, 9.5 + view.zoom * 0.5 - country.rank * 0.4);
      style(`500 ${size}px ${fonts.ui}`, "0.12em");
      put(country.name.toLocaleUpperCase("en"), size, () => [[x, y]], colour["label-country"]);
    }

    for (const city of world.cities) {
      const from = (CITY_ZOOM[city.rank] ?? Infinity) - (city.capital ? CAPITAL_EARLIER : 0);
      if (view.zoom < from) continue;
      const [x, y] = at(city.lon, city.lat);
      if (!visible(x, y)) continue;
      // The atlas's own mark stands for the city where both are the same.
      if (points.some((point) => Math.hypot(point.x - x, point.y - y) < 12)) continue;
      const dot = { left: x - 3, right: x + 3, top: y - 3, bottom: y + 3 };
      if (!placing.fits(dot)) continue;
      const size = Math.min(13, 11 + Math.max(0, view.zoom - 5) * 0.4);
      style(`400 ${size}px ${fonts.ui}`);
      const written = put(
        city.name,
        size,
        (width, height) => beside(x, y, width, height, 6).slice(0, 4),
        colour["label-city"],
      );
      if (!written) continue;
      placing.take(dot);
      context.beginPath();
      context.arc(x, y, city.capital ? 2.6 : 1.9, 0, 2 * Math.PI);
      context.fillStyle = city.capital ? colour.land : colour["label-city"];
      context.fill();
      context.strokeStyle = colour["label-city"];
      context.lineWidth = 1.2;
      if (city.capital) context.stroke();
    }
  });
};
