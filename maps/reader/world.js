// The basemap's TopoJSON (maps/world.json.gz), unpacked into lines in Mercator fractions.
import { mercatorX, mercatorY } from "./mercator.js";

/** Unpack base64 of gzip; the page asks no one, so this is all its own bytes. */
export const unpack = async (packed) => {
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
};

const decodeArcs = ({ arcs, transform }) =>
  arcs.map((arc) => {
    const points = new Float64Array(arc.length * 2);
    let x = 0;
    let y = 0;
    arc.forEach(([dx, dy], index) => {
      x += dx;
      y += dy;
      points[index * 2] = mercatorX(x * transform.scale[0] + transform.translate[0]);
      points[index * 2 + 1] = mercatorY(y * transform.scale[1] + transform.translate[1]);
    });
    return points;
  });

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

// A negative number names an arc walked backwards: ~0 is the first one.
const join = (arcs, refs) => {
  const points = [];
  for (const ref of refs) {
    const arc = arcs[ref < 0 ? ~ref : ref];
    const pairs = arc.length / 2;
    // Each arc begins where the one before it ended.
    for (let step = points.length ? 1 : 0; step < pairs; step += 1) {
      const at = ref < 0 ? pairs - 1 - step : step;
      points.push(arc[at * 2], arc[at * 2 + 1]);
    }
  }
  return boxed(Float64Array.from(points));
};

const ringsOf = (shape) =>
  shape.type === "Polygon" ? shape.arcs : shape.type === "MultiPolygon" ? shape.arcs.flat() : [];

const linesOf = (shape) =>
  !shape
    ? []
    : shape.type === "LineString"
      ? [shape.arcs]
      : shape.type === "MultiLineString"
        ? shape.arcs
        : (shape.geometries ?? []).flatMap(linesOf);

/** What the basemap draws: rings and lines with their boxes, and names with their places. */
export const readWorld = (topology) => {
  const arcs = decodeArcs(topology);
  const { countries, borders, disputed, provinces } = topology.objects;
  const rings = countries.geometries.flatMap(ringsOf);
  // A stretch of outline that only one country has is coast.
  const uses = new Uint8Array(arcs.length);
  for (const ring of rings) for (const ref of ring) uses[ref < 0 ? ~ref : ref] += 1;
  const lines = (shape) => linesOf(shape).map((refs) => join(arcs, refs));
  return {
    land: new Map(
      countries.geometries.map((shape, index) => [
        shape.properties?.code || `no code ${index}`,
        ringsOf(shape).map((ring) => join(arcs, ring)),
      ]),
    ),
    coast: arcs.filter((_, index) => uses[index] === 1).map(boxed),
    borders: lines(borders),
    disputed: lines(disputed),
    provinces: new Map((provinces?.geometries ?? []).map((shape) => [shape.properties.code, lines(shape)])),
    countries: countries.geometries
      .filter((shape) => shape.properties?.label)
      .map(({ properties: { code, name, label, rank } }) => ({ code, name, lon: label[0], lat: label[1], rank })),
    cities: topology.cities.map(([lon, lat, name, rank, capital, code]) => ({
      lon,
      lat,
      name,
      rank,
      capital: capital === 1,
      code,
    })),
  };
};
