// Countries and their divisions by how often the places in them are named.
import { facesOf, within } from "./faces.js";
import { mercatorX, mercatorY } from "./mercator.js";

const boxOf = (points) => {
  const box = { west: 1, north: 1, east: 0, south: 0 };
  for (let at = 0; at < points.length; at += 2) {
    box.west = Math.min(box.west, points[at]);
    box.east = Math.max(box.east, points[at]);
    box.north = Math.min(box.north, points[at + 1]);
    box.south = Math.max(box.south, points[at + 1]);
  }
  return box;
};

const holds = ({ points, west, east, north, south }, [x, y]) =>
  x >= west && x <= east && y >= north && y <= south && within(points, x, y);

/** The face that a point lies in, the smallest where one lies within another; the nearest for a point on none. */
const faceAt = (faces, point) => {
  const own = faces.findLast((face) => holds(face, point));
  if (own) return own;
  // A harbour may lie beyond the basemap's plain coast.
  let nearest = null;
  let least = Infinity;
  for (const face of faces) {
    for (let at = 0; at < face.points.length; at += 2) {
      const distance = (face.points[at] - point[0]) ** 2 + (face.points[at + 1] - point[1]) ** 2;
      if (distance < least) [nearest, least] = [face, distance];
    }
  }
  return nearest;
};

export const createSums = (model, world) => {
  // Faces by country, and the face of each place: made when they are first asked for.
  const faces = new Map();
  const facesIn = (code) => {
    if (!faces.has(code)) {
      const rings = world.outlines.get(code) ?? [];
      const inner = (world.provinces.get(code) ?? []).map(({ points }) => points);
      faces.set(
        code,
        facesOf([...rings, ...inner]).map(({ points, size }) => ({ points, size, code, ...boxOf(points) })),
      );
    }
    return faces.get(code);
  };
  let faceOf = null;

  /** Where the places of one division lie is put to the vote, and all go with the most. */
  const placeAll = () => {
    faceOf = new Map();
    const divisions = new Map();
    for (const place of model.places) {
      if (!world.land.has(place.country) || /^PCL/.test(place.code)) continue;
      const key = `${place.country} ${place.admin1 || place.id}`;
      if (!divisions.has(key)) divisions.set(key, []);
      divisions.get(key).push(place);
    }
    for (const places of divisions.values()) {
      const votes = new Map();
      for (const place of places) {
        const face = faceAt(facesIn(place.country), [mercatorX(place.lon), mercatorY(place.lat)]);
        if (face) votes.set(face, (votes.get(face) ?? 0) + 1);
      }
      const [first] = [...votes].sort((a, b) => b[1] - a[1])[0] ?? [];
      if (!first) continue;
      for (const place of places) faceOf.set(place, first);
    }
  };

  const sum = (areaOf) => {
    const areas = new Map();
    for (const place of model.places) {
      const { passages } = place.shown;
      const area = passages > 0 && areaOf(place);
      if (!area) continue;
      const known = areas.get(area.at);
      if (known) known.passages += passages;
      else areas.set(area.at, { ...area, passages });
    }
    return [...areas.values()].sort((a, b) => b.passages - a.passages || (a.name < b.name ? -1 : 1));
  };

  return {
    /** [{at, name, rings, passages}], the most named first. */
    countries: () =>
      sum((place) => {
        const rings = world.land.get(place.country);
        return rings && { at: place.country, name: place.countryName, rings };
      }),
    regions: () => {
      if (!faceOf) placeAll();
      return sum((place) => {
        const face = faceOf.get(place);
        return face && { at: face, name: [place.admin1, place.countryName].filter(Boolean).join(", "), rings: [face] };
      }).sort((a, b) => b.passages - a.passages);
    },
    /** The divisions that nothing is named in, which may lie within others. */
    blank: () => [...new Set(model.places.map(({ country }) => country))].flatMap(facesIn),
    /** The area among `areas` that a point in Mercator fractions lies in; null for none. */
    at: (areas, point) =>
      areas.findLast(({ rings }) => rings.reduce((inside, ring) => inside !== holds(ring, point), false)) ?? null,
  };
};
