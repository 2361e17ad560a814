// The places that are named in one passage with the chosen place, and the lines to them.
import { fromMercator, mercatorX, mercatorY } from "./mercator.js";

// So many lines at most, the strongest: more would hide the map.
export const MOST = 24;
// How far an arc rises beside the straight line, as a share of its length, and its corners.
const RISE = 0.14;
const CORNERS = 24;
// In pixels.
const THINNEST = 1.5;
const THICKEST = 6;

/** The places named in the passages of a place that are shown: [{place, amount}], the most often first. */
export const linksOf = (place) => {
  const amounts = new Map();
  for (const passage of place.passages) {
    if (!passage.shown) continue;
    const named = new Set();
    for (const mention of passage.article.mentions) {
      if (mention.start >= passage.end) break; // they are in the order of the text
      if (mention.start < passage.start || mention.fails !== 0) continue;
      if (mention.place && mention.place !== place) named.add(mention.place);
    }
    for (const other of named) amounts.set(other, (amounts.get(other) ?? 0) + 1);
  }
  return [...amounts]
    .map(([other, amount]) => ({ place: other, amount }))
    .sort((a, b) => b.amount - a.amount || a.place.index - b.place.index);
};

/** An arc from one place to another as [[lat, lon], …], over the side on which the map is open. */
export const arc = (from, to) => {
  const [x1, y1, x2, y2] = [mercatorX(from.lon), mercatorY(from.lat), mercatorX(to.lon), mercatorY(to.lat)];
  const side = x2 >= x1 ? 1 : -1;
  const [middleX, middleY] = [(x1 + x2) / 2 + (y2 - y1) * RISE * side, (y1 + y2) / 2 - (x2 - x1) * RISE * side];
  const points = [];
  for (let step = 0; step <= CORNERS; step += 1) {
    const share = step / CORNERS;
    const [a, b, c] = [(1 - share) ** 2, 2 * share * (1 - share), share ** 2];
    points.push(fromMercator(a * x1 + b * middleX + c * x2, a * y1 + b * middleY + c * y2));
  }
  return points;
};

export const createLinks = (map) => {
  const renderer = L.svg({ pane: "links", padding: 0.5 });
  let drawn = [];
  return {
    /** Draw the strongest links of a place; null for none. */
    draw: (place) => {
      for (const line of drawn) line.remove();
      drawn = [];
      if (!place) return;
      const links = linksOf(place).slice(0, MOST);
      const most = links[0]?.amount ?? 1;
      // The strongest lies above the others.
      drawn = links.reverse().map(({ place: other, amount }) =>
        L.polyline(arc(place, other), {
          renderer,
          interactive: false,
          className: "link-line",
          weight: THINNEST + (THICKEST - THINNEST) * Math.sqrt((amount - 1) / Math.max(1, most - 1)),
          smoothFactor: 0,
          noClip: true,
        }).addTo(map),
      );
    },
  };
};
