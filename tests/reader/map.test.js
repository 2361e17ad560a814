// What the map reckons, without a browser: numbers, nets, densities, links and gathered marks.
import assert from "node:assert/strict";
import { test } from "node:test";
import { facesOf, turned, within } from "../../maps/reader/faces.js";
import { gather } from "../../maps/reader/gather.js";
import { densityOf } from "../../maps/reader/heat.js";
import { createPlacing } from "../../maps/reader/labels.js";
import { boundsFor } from "../../maps/reader/layers.js";
import { arc, linksOf } from "../../maps/reader/links.js";
import { fromMercator, mercatorX, mercatorY } from "../../maps/reader/mercator.js";
import { decodeRing, numbersOf } from "../../maps/reader/polyline.js";
import { radiusFor, stepFor } from "../../maps/reader/shapes.js";
import { createSums } from "../../maps/reader/sums.js";

const near = (actual, expected, by = 1e-9) =>
  assert.ok(Math.abs(actual - expected) < by, `${actual} is not ${expected}`);

test("numbers are read as the format's own example writes them", () => {
  // Google Maps Platform, "Encoded Polyline Algorithm Format": (38.5, -120.2), …
  const read = numbersOf("_p~iF~ps|U_ulLnnqC");
  assert.deepEqual(
    [read.next(), read.next(), read.next(), read.next(), read.done()],
    [3850000, -12020000, 220000, -75000, true],
  );
});

test("a ring is read longitude first and handed to Leaflet latitude first", () => {
  assert.deepEqual(decodeRing("_p~iF~ps|U", 5), [[-120.2, 38.5]]);
});

test("Mercator's fractions lead back to where they came from", () => {
  for (const [lat, lon] of [
    [0, 0],
    [51.5, -0.1],
    [-33.9, 151.2],
    [84, 179],
  ]) {
    const [back, along] = fromMercator(mercatorX(lon), mercatorY(lat));
    near(back, lat);
    near(along, lon);
  }
  near(mercatorY(0), 0.5);
  assert.ok(mercatorY(89) > 0 - 1e-9, "the pole is cut off at the map's edge");
});

const SQUARE = [0, 0, 2, 0, 2, 2, 0, 2, 0, 0];

test("a point lies within a ring or beside it", () => {
  assert.ok(within(SQUARE, 1, 1));
  assert.ok(!within(SQUARE, 3, 1));
  near(turned(SQUARE), 8);
  near(turned([0, 0, 0, 2, 2, 2, 2, 0, 0, 0]), -8);
});

test("a border through a country makes two faces of it, and what lies around it is none", () => {
  const lines = [
    [1, 0, 2, 0, 2, 2, 1, 2],
    [1, 2, 0, 2, 0, 0, 1, 0],
    [1, 0, 1, 2],
  ];
  const faces = facesOf(lines);
  assert.equal(faces.length, 2);
  for (const { size } of faces) near(size, 4);
  assert.equal(faces.filter(({ points }) => within(points, 0.5, 1)).length, 1);
  assert.equal(faces.filter(({ points }) => within(points, 1.5, 1)).length, 1);
});

test("a town within a region is a face of its own, after the one that surrounds it", () => {
  const faces = facesOf([SQUARE, [0.5, 0.5, 1, 0.5, 1, 1, 0.5, 1, 0.5, 0.5]]);
  assert.deepEqual(
    faces.map(({ size }) => size),
    [8, 0.5],
  );
});

test("an island is a face whichever way its coast is walked", () => {
  const there = facesOf([SQUARE]);
  const back = facesOf([[0, 0, 0, 2, 2, 2, 2, 0, 0, 0]]);
  assert.deepEqual([there.length, back.length], [1, 1]);
});

const at = (lon, lat) => [mercatorX(lon), mercatorY(lat)];
const line = (...points) => Float64Array.from(points.flatMap(([lon, lat]) => at(lon, lat)));
// A country from 0 to 20 degrees east with a border at 10.
const LAND = {
  land: new Map([
    [
      "XX",
      [{ points: line([0, 0], [20, 0], [20, 10], [0, 10], [0, 0]), west: 0.5, east: 0.56, north: 0.47, south: 0.5 }],
    ],
  ]),
  outlines: new Map([["XX", [line([10, 0], [20, 0], [20, 10], [10, 10]), line([10, 10], [0, 10], [0, 0], [10, 0])]]]),
  provinces: new Map([["XX", [{ points: line([10, 0], [10, 10]) }]]]),
};
const town = (name, lon, lat, admin1, passages, code = "PPL") => ({
  id: name,
  name,
  lon,
  lat,
  country: "XX",
  countryName: "Exland",
  admin1,
  code,
  shown: { passages },
});

test("passages are summed by country and by division, and a harbour beyond the coast goes with its division", () => {
  const places = [
    town("Exland", 10, 5, "", 3, "PCLI"),
    town("Westham", 2, 5, "West", 4),
    town("Westport", -1, 5, "West", 1),
    town("Easton", 15, 5, "East", 2),
    town("Silent", 16, 5, "East", 0),
  ];
  const sums = createSums({ places }, LAND);
  assert.deepEqual(
    sums.countries().map(({ name, passages }) => [name, passages]),
    [["Exland", 10]],
  );
  const regions = sums.regions();
  assert.deepEqual(
    regions.map(({ name, passages }) => [name, passages]),
    [
      ["West, Exland", 5],
      ["East, Exland", 2],
    ],
  );
  assert.equal(sums.at(regions, at(15, 5)).name, "East, Exland");
  assert.equal(sums.at(regions, at(15, 50)), null);
});

test("a place alone beyond the coast goes to the nearest division", () => {
  const sums = createSums({ places: [town("Rock", 21, 5, "", 1)] }, LAND);
  const [region] = sums.regions();
  assert.ok(within(region.at.points, ...at(15, 5)));
});

test("the steps of a scale are whole, rise, and end at the most", () => {
  const cases = [
    [1, [1]],
    [2, [1, 2]],
    [5, [1, 2, 3, 4, 5]],
    [1000, [1, 4, 16, 63, 251]],
  ];
  for (const [most, bounds] of cases) assert.deepEqual(boundsFor(most, 5), bounds, String(most));
});

test("density is highest at the place, ends at its reach, and weights add up", () => {
  const size = { columns: 41, rows: 41, reach: 12 };
  const one = densityOf([{ x: 20, y: 20, weight: 1 }], size);
  assert.equal(one.indexOf(Math.max(...one)), 20 * 41 + 20);
  assert.equal(one[20 * 41 + 33], 0);
  const both = densityOf(
    [
      { x: 20, y: 20, weight: 1 },
      { x: 20, y: 20, weight: 2 },
    ],
    size,
  );
  near(both[20 * 41 + 20], 3, 1e-6);
});

const passageOf = (place, article, start, end, shown = true) => {
  const passage = { place, article, start, end, shown };
  place.passages.push(passage);
  return passage;
};

test("links are counted by passage, without what is filtered out, the strongest first", () => {
  const [home, far, near_, hidden] = [0, 1, 2, 3].map((index) => ({ index, passages: [] }));
  const mention = (place, start, fails = 0) => ({ place, start, fails });
  const article = {
    mentions: [
      mention(home, 1),
      mention(far, 5),
      mention(far, 9),
      mention(near_, 12),
      mention(home, 21),
      mention(near_, 25),
      mention(hidden, 27, 1),
      mention(null, 28),
      mention(far, 40),
    ],
  };
  passageOf(home, article, 0, 20);
  passageOf(home, article, 20, 30);
  passageOf(home, article, 35, 50, false);
  assert.deepEqual(
    linksOf(home).map(({ place, amount }) => [place.index, amount]),
    [
      [2, 2],
      [1, 1],
    ],
  );
});

test("an arc begins and ends at its places", () => {
  const points = arc({ lon: 10, lat: 50 }, { lon: 30, lat: 40 });
  const flat = [...points[0], ...points.at(-1)];
  for (const [index, expected] of [50, 10, 40, 30].entries()) near(flat[index], expected, 1e-6);
  assert.ok(points.length > 10);
});

test("boxes that touch do not fit, in whichever cells they lie", () => {
  const placing = createPlacing();
  placing.take({ left: 10, right: 200, top: 10, bottom: 30 });
  assert.ok(!placing.fits({ left: 190, right: 300, top: 20, bottom: 25 }));
  assert.ok(placing.fits({ left: 201, right: 300, top: 20, bottom: 25 }));
  placing.take({ left: -90, right: -70, top: -20, bottom: -10 });
  assert.ok(!placing.fits({ left: -75, right: 5, top: -15, bottom: 5 }));
});

test("marks that would touch are gathered, and none is lost", () => {
  const points = Array.from({ length: 60 }, (_, index) => ({
    item: index,
    x: (index * 37) % 200,
    y: (index * 53) % 200,
    weight: 1 + (index % 5),
  }));
  const radiusOf = (weight, amount) => Math.max(radiusFor(weight), amount > 1 ? 11 : 0);
  const groups = gather(points, { radiusOf, apart: 24, widest: 20 });
  assert.deepEqual(
    groups.flatMap(({ items }) => items).sort((a, b) => a - b),
    points.map(({ item }) => item),
  );
  for (const one of groups) {
    for (const other of groups) {
      if (one === other) continue;
      assert.ok(Math.hypot(one.x - other.x, one.y - other.y) >= Math.max(24, one.radius + other.radius));
    }
  }
});

test("a mark's area goes with its passages, up to the largest", () => {
  near(radiusFor(4), 2 * radiusFor(1));
  assert.equal(radiusFor(10000), 20);
  assert.deepEqual([1, 2, 4, 5, 25, 900].map(stepFor), [1, 2, 2, 3, 5, 5]);
});
