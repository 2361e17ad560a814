// Where the passages are dense: a layer that adds up a bell around each place.
import { createCanvas } from "./canvas.js";
import { mercatorX, mercatorY } from "./mercator.js";

// Side of a cell of the density, in pixels of the screen: a bell is far wider than that.
const CELL = 4;
// How far a place is felt, in pixels, which is three standard deviations of its bell.
export const REACH = 48;
// What is thinner than this share of the densest is left clear.
const LEAST = 0.02;

/**
 * Add up the density over `columns` × `rows` cells: each point {x, y, weight} (in cells) is a
 * normal curve that ends at `reach` cells (kernel density estimation; Silverman, "Density
 * Estimation for Statistics and Data Analysis", 1986, chapter 4).
 */
export const densityOf = (points, { columns, rows, reach }) => {
  const density = new Float32Array(columns * rows);
  const spread = 2 * (reach / 3) ** 2;
  for (const { x, y, weight } of points) {
    const [left, right] = [Math.max(0, Math.ceil(x - reach)), Math.min(columns - 1, Math.floor(x + reach))];
    const [top, bottom] = [Math.max(0, Math.ceil(y - reach)), Math.min(rows - 1, Math.floor(y + reach))];
    for (let row = top; row <= bottom; row += 1) {
      for (let column = left; column <= right; column += 1) {
        const distance = (column - x) ** 2 + (row - y) ** 2;
        if (distance <= reach * reach) density[row * columns + column] += weight * Math.exp(-distance / spread);
      }
    }
  }
  return density;
};

const parts = (colour) =>
  colour
    .match(/[\d.]+/g)
    .slice(0, 3)
    .map(Number);

/** `points()` are {lon, lat, weight}; `colours()` has scale-1 to scale-5, from few to many. */
export const createHeat = ({ points, colours }) => {
  const small = document.createElement("canvas");
  return createCanvas("heat", (context, view) => {
    const all = points();
    if (!all.length) return;
    const columns = Math.ceil(view.width / CELL);
    const rows = Math.ceil(view.height / CELL);
    const placed = all.map(({ lon, lat, weight }) => ({
      x: (mercatorX(lon) * view.scale - view.left) / CELL,
      y: (mercatorY(lat) * view.scale - view.top) / CELL,
      weight,
    }));
    const density = densityOf(placed, { columns, rows, reach: REACH / CELL });
    let most = 0;
    for (const value of density) most = Math.max(most, value);
    if (most === 0) return;
    const ramp = [1, 2, 3, 4, 5].map((step) => parts(colours()[`scale-${step}`]));
    small.width = columns;
    small.height = rows;
    const image = new ImageData(columns, rows);
    for (let at = 0; at < density.length; at += 1) {
      // The root, so that what is dense does not hide all else.
      const share = Math.sqrt(density[at] / most);
      if (share < LEAST) continue;
      const place = share * (ramp.length - 1);
      const low = Math.min(ramp.length - 2, Math.floor(place));
      for (let channel = 0; channel < 3; channel += 1) {
        image.data[at * 4 + channel] =
          ramp[low][channel] + (ramp[low + 1][channel] - ramp[low][channel]) * (place - low);
      }
      image.data[at * 4 + 3] = 255 * Math.min(0.92, share * 2.6);
    }
    small.getContext("2d").putImageData(image, 0, 0);
    context.imageSmoothingQuality = "high";
    context.drawImage(small, 0, 0, columns * CELL, rows * CELL);
  });
};
