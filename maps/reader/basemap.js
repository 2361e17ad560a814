// Land and lines of the basemap, in the colours of the tokens.
import { createCanvas } from "./canvas.js";
import { mercatorY } from "./mercator.js";

// From these zooms on provinces are drawn: those of the countries concerned, then all.
const PROVINCES_CONCERNED = 3.5;
const PROVINCES_ALL = 5;

// South of this is Antarctica alone.
export const ANTARCTIC = -60;

// From this zoom on it is drawn; before, it would take a quarter of the world.
const ANTARCTICA = 3;

/** Whether a country is left off, which is done to Antarctica alone, where nothing there is named. */
export const isLeftOff = (code, view, concerned) => code === "AQ" && view.zoom < ANTARCTICA && !concerned.has(code);

// How much of the ground a country's colour covers where tiles are the ground.
const OVER_TILES = 0.4;

// Points nearer than this to the last one drawn are passed over, in pixels.
const DETAIL = 0.6;

const inView = (box, view) =>
  box.east * view.scale >= view.left &&
  box.west * view.scale <= view.left + view.width &&
  box.south * view.scale >= view.top &&
  box.north * view.scale <= view.top + view.height;

const trace = (context, { points }, view) => {
  let x = points[0] * view.scale - view.left;
  let y = points[1] * view.scale - view.top;
  context.moveTo(x, y);
  const last = points.length - 2;
  for (let at = 2; at <= last; at += 2) {
    const nextX = points[at] * view.scale - view.left;
    const nextY = points[at + 1] * view.scale - view.top;
    if (at < last && Math.abs(nextX - x) < DETAIL && Math.abs(nextY - y) < DETAIL) continue;
    context.lineTo(nextX, nextY);
    x = nextX;
    y = nextY;
  }
};

const strokeAll = (context, lines, view, { colour, width, dash = [] }) => {
  context.beginPath();
  for (const line of lines) if (inView(line, view)) trace(context, line, view);
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.setLineDash(dash);
  context.stroke();
  context.setLineDash([]);
};

/** Colours as the tokens give them now: a canvas cannot read custom properties itself. */
export const readColours = (element, names) => {
  const probe = document.createElement("span");
  element.append(probe);
  const colours = {};
  for (const name of names) {
    probe.style.color = `var(--${name})`;
    colours[name] = getComputedStyle(probe).color;
  }
  probe.remove();
  return colours;
};

export const fillAll = (context, countries, view, colour) => {
  context.beginPath();
  for (const rings of countries) {
    for (const ring of rings) {
      if (!inView(ring, view)) continue;
      trace(context, ring, view);
      context.closePath();
    }
  }
  context.fillStyle = colour;
  context.fill("evenodd");
};

/**
 * Two layers, for land goes under the areas of the atlas and lines go over them. `washes()`
 * says which countries are named, and on which step of the scale: they are painted as the
 * basemap has them, so that colour and line agree. Where `tiled()`, tiles are the ground and
 * have lines of their own.
 */
export const createBasemap = (world, { concerned, colours, washes, tiled }) => {
  const land = createCanvas("land", (context, view) => {
    const shown = [...world.land].filter(([code]) => !isLeftOff(code, view, concerned)).map(([, rings]) => rings);
    if (!tiled()) fillAll(context, shown, view, colours().land);
    context.globalAlpha = tiled() ? OVER_TILES : 1;
    for (const [code, step] of washes()) {
      fillAll(context, [world.land.get(code) ?? []], view, colours()[`wash-${step}`]);
    }
    context.globalAlpha = 1;
  });
  const lines = createCanvas("lines", (context, view) => {
    if (tiled()) return;
    const { coast, border, province } = colours();
    context.lineJoin = "round";
    for (const [code, drawn] of world.provinces) {
      if (view.zoom < (concerned.has(code) ? PROVINCES_CONCERNED : PROVINCES_ALL)) continue;
      strokeAll(context, drawn, view, { colour: province, width: 0.8 });
    }
    const south = mercatorY(ANTARCTIC);
    const coasts = isLeftOff("AQ", view, concerned) ? world.coast.filter(({ north }) => north < south) : world.coast;
    strokeAll(context, coasts, view, { colour: coast, width: 0.8 });
    strokeAll(context, world.borders, view, { colour: border, width: view.zoom < 4 ? 0.8 : 1.1 });
    strokeAll(context, world.disputed, view, { colour: border, width: 1.1, dash: [4, 3] });
  });
  return [land, lines];
};
