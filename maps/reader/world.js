// The basemap as maps/packing.py packs it, unpacked into lines in Mercator fractions.
import { mercatorX, mercatorY } from "./mercator.js";
import { numbersOf } from "./polyline.js";

// Each arc begins where it says, seen from the end of the one before it.
const decodeArcs = ({ counts, starts, steps, scale, translate }) => {
  const [amount, start, step] = [counts, starts, steps].map(numbersOf);
  const arcs = [];
  let x = 0;
  let y = 0;
  while (!amount.done()) {
    const points = new Float64Array(2 * (amount.next() + 1));
    x += start.next();
    y += start.next();
    for (let at = 0; at < points.length; at += 2) {
      if (at) {
        x += step.next();
        y += step.next();
      }
      points[at] = mercatorX(x * scale[0] + translate[0]);
      points[at + 1] = mercatorY(y * scale[1] + translate[1]);
    }
    arcs.push(points);
  }
  return arcs;
};

const boxed = (points) => {
  const box = { points, west: 1, north: 1, east: 0, south: 0 };
  for (let at = 0; at < points.length; at += 2) {
    box.west = Math.min(box.west, points[at]);
    box.east = Math.max(box.east, points[at]);
    box.north = Math.min(box.north, points[at + 1]);
    box.south = Math.max(box.south, points[at + 1]);
  }
  return box;
};

/** One line of arcs, given as [number, whether it is walked backwards]. */
const join = (arcs, walked) => {
  const points = [];
  for (const [number, backwards] of walked) {
    const arc = arcs[number];
    const pairs = arc.length / 2;
    // Each arc begins where the one before it ended.
    for (let step = points.length ? 1 : 0; step < pairs; step += 1) {
      const at = backwards ? pairs - 1 - step : step;
      points.push(arc[at * 2], arc[at * 2 + 1]);
    }
  }
  return boxed(Float64Array.from(points));
};

/** What the basemap draws: rings and lines with their boxes, and names with their places. */
export const readWorld = (packed) => {
  const arcs = decodeArcs(packed);
  // A stretch of outline that only one country has is coast.
  const uses = new Uint8Array(arcs.length);
  let following = 0;
  const outlines = packed.countries.map((country) => {
    const numbers = numbersOf(country[5]);
    const rings = [];
    const own = [];
    while (!numbers.done()) {
      const walked = [];
      for (let left = numbers.next(); left > 0; left -= 1) {
        const written = numbers.next();
        const number = following + (written >> 1);
        following = number + 1;
        uses[number] += 1;
        walked.push([number, (written & 1) === 1]);
        own.push(arcs[number]);
      }
      rings.push(join(arcs, walked));
    }
    return { rings, own };
  });
  const borders = [];
  const step = numbersOf(packed.borders);
  for (let number = 0; !step.done(); ) {
    number += step.next();
    borders.push(boxed(arcs[number]));
  }
  // The arcs of no outline stand after those of outlines, country by country.
  let first = arcs.length - packed.disputed - packed.provinces.reduce((sum, [, amount]) => sum + amount, 0);
  const take = (amount) => {
    first += amount;
    return arcs.slice(first - amount, first).map(boxed);
  };
  const provinces = new Map(packed.provinces.map(([code, amount]) => [code, take(amount)]));
  const disputed = take(packed.disputed);
  const { cities } = packed;
  const [east, north] = [cities.lon, cities.lat].map(numbersOf);
  const capitals = new Set(cities.capitals);
  let lon = 0;
  let lat = 0;
  return {
    land: new Map(packed.countries.map(([code], index) => [code || `no code ${index}`, outlines[index].rings])),
    /** The stretches of each outline, which end where borders meet. */
    outlines: new Map(packed.countries.map(([code], index) => [code, outlines[index].own])),
    coast: arcs.filter((_, index) => uses[index] === 1).map(boxed),
    borders,
    disputed,
    provinces,
    countries: packed.countries
      .filter(([, , at]) => at !== null)
      .map(([code, name, at, lat, rank]) => ({ code, name, lon: at, lat, rank })),
    cities: cities.names.map((name, index) => {
      lon += east.next();
      lat += north.next();
      return { lon: lon / 100, lat: lat / 100, name, rank: Number(cities.ranks[index]), capital: capitals.has(index) };
    }),
  };
};
