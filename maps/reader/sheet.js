// On a narrow screen the panel is a sheet at the foot of the map, with three heights.
import { WORDS } from "./words.js";

const STEPS = ["peek", "half", "full"];
const NARROW = matchMedia("(max-width: 899.98px)");
// A drag of less than this is a tap, in pixels.
const TAP = 6;

export const createSheet = (reader, handle) => {
  const at = () => STEPS.indexOf(reader.dataset.sheet);
  const set = (step) => {
    reader.dataset.sheet = STEPS[Math.max(0, Math.min(STEPS.length - 1, step))];
    handle.setAttribute("aria-label", at() === STEPS.length - 1 ? WORDS.smaller : WORDS.taller);
  };
  set(1);
  let from = null;
  handle.addEventListener("pointerdown", (event) => {
    from = { y: event.clientY, height: reader.offsetHeight, moved: false };
    handle.setPointerCapture(event.pointerId);
  });
  handle.addEventListener("pointermove", (event) => {
    if (!from || (!from.moved && Math.abs(event.clientY - from.y) < TAP)) return;
    from.moved = true;
    reader.classList.add("reader-dragged");
    reader.style.height = `${from.height + from.y - event.clientY}px`;
  });
  const drop = () => {
    if (!from?.moved) return;
    const share = reader.offsetHeight / innerHeight;
    reader.classList.remove("reader-dragged");
    reader.style.height = "";
    set(share < 0.3 ? 0 : share < 0.7 ? 1 : 2);
  };
  handle.addEventListener("pointerup", drop);
  handle.addEventListener("pointercancel", drop);
  handle.addEventListener("click", () => {
    const dragged = from?.moved;
    from = null;
    if (!dragged) set(at() === STEPS.length - 1 ? 0 : at() + 1);
  });
  return {
    narrow: () => NARROW.matches,
    /** Make room to read, without taking the map away. */
    open: () => {
      if (at() === 0) set(1);
    },
    tall: () => set(2),
    /** Pixels of the map that the sheet lies over. */
    cover: () => (NARROW.matches ? Math.min(reader.offsetHeight, Math.round(innerHeight * 0.55)) : 0),
  };
};
