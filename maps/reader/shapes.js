// The shapes of the marks: one for each role, so that colour need not tell them apart.
import { svg } from "./dom.js";
import { LIKELY, ROLE_NAMES } from "./words.js";

const OUTLINES = [
  (middle, radius) => svg("circle", { cx: middle, cy: middle, r: radius }),
  (middle, radius) => {
    const reach = radius * 1.25;
    return svg("path", {
      d: `M${middle} ${middle - reach}l${reach} ${reach}l${-reach} ${reach}l${-reach} ${-reach}z`,
    });
  },
  (middle, radius) => {
    const side = radius * 1.75;
    return svg("rect", { x: middle - side / 2, y: middle - side / 2, width: side, height: side, rx: 1 });
  },
  (middle, radius) => {
    const reach = radius * 1.2;
    return svg("path", {
      d: `M${middle} ${middle - reach}l${reach * 1.05} ${reach * 1.85}h${-reach * 2.1}z`,
    });
  },
];

/** A mark as SVG, `size` pixels square; hollow and dashed where the place is not likely. */
export const shape = ({ role, score = 1, radius, size }) => {
  const outline = OUTLINES[role](size / 2, radius);
  outline.setAttribute("class", "shape-outline");
  return svg(
    "svg",
    {
      class: `shape shape-${ROLE_NAMES[role]}${score < LIKELY ? " shape-unsure" : ""}`,
      width: size,
      height: size,
      viewBox: `0 0 ${size} ${size}`,
      "aria-hidden": "true",
      focusable: "false",
    },
    outline,
  );
};

// Radius of a mark for one passage and the largest, in pixels; its area goes with the count.
const SMALLEST = 4.5;
export const LARGEST = 20;
// A mark that stands for several places has room for their number.
export const GATHERED = 11;

export const radiusFor = (passages) => Math.min(LARGEST, SMALLEST * Math.sqrt(Math.max(1, passages)));

// The steps of the scale of areas: from so many passages on.
export const STEPS = [1, 2, 5, 10, 25];

export const stepFor = (passages) => STEPS.filter((least) => passages >= least).length;

/** A mark that stands for several places, with their number in it. */
export const gathered = ({ amount, radius, size }) =>
  svg(
    "svg",
    {
      class: "shape",
      width: size,
      height: size,
      viewBox: `0 0 ${size} ${size}`,
      "aria-hidden": "true",
      focusable: "false",
    },
    svg("circle", { class: "shape-ring", cx: size / 2, cy: size / 2, r: radius + 2 }),
    svg("circle", { class: "shape-outline", cx: size / 2, cy: size / 2, r: radius }),
    svg("text", { class: "shape-amount", x: size / 2, y: size / 2 }, String(amount)),
  );
