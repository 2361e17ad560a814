// The articles over time: bars with a brush, which is a filter of dates.
import { h, moves, svg } from "./dom.js";
import { binOf, binsOf, cutTime, named } from "./timebins.js";
import { count, dateRange, LANGUAGE, number, put, WORDS } from "./words.js";

// Height of the bars and the widest of them, in pixels.
const HEIGHT = 40;
const WIDEST = 26;
// The least height of a bar that is not empty.
const LEAST = 2.5;
// Space for a name below the bars, in pixels.
const NAME = 58;
// How long a step stands while time is played, in milliseconds.
const STEP = 1200;
// A drag of less than this is a press, in pixels.
const TAP = 4;
const NARROW = matchMedia("(max-width: 899.98px)");

const tick = new Intl.DateTimeFormat(LANGUAGE, { month: "short", timeZone: "UTC" });

const nameOf = (unit, { from }) => {
  const day = new Date(`${from}T00:00:00Z`);
  if (unit === "year") return from.slice(0, 4);
  if (unit === "month" && from.slice(5, 7) === "01") return from.slice(0, 4);
  return unit === "day" ? `${day.getUTCDate()} ${tick.format(day)}` : tick.format(day);
};

/**
 * The timeline of a page, in `home` at the foot of the map; on a narrow screen wherever it
 * is lodged. Null where fewer than two stretches of time have articles: there is no time to see.
 */
export const createTimeline = (model, state, home) => {
  const days = model.articles.map((article) => article.published).filter(Boolean);
  const time = cutTime(days);
  const { unit, bins } = time;
  const last = bins.length - 1;
  if (last < 1) return null;
  const undated = model.articles.filter((article) => !article.published);
  for (const article of model.articles) article.bin = article.published ? binOf(bins, article.published) : -1;

  let playing = 0;
  let looked = null;

  const play = h("button", { class: "time-play", type: "button", "data-key": "play" });
  const told = h("span", { class: "time-told" });
  const all = h("button", { class: "link", type: "button", "data-key": "all dates" }, WORDS.allDates);
  const bars = svg("svg", { class: "time-bars", "aria-hidden": "true", focusable: "false" });
  const shade = h("div", { class: "time-window", "aria-hidden": "true" });
  const handle = (label, key) =>
    h("div", {
      class: "time-handle",
      role: "slider",
      tabindex: "0",
      "aria-label": label,
      "aria-valuemin": 0,
      "aria-valuemax": last,
      "data-key": key,
    });
  const handles = [handle(WORDS.firstDate, "time first"), handle(WORDS.lastDate, "time last")];
  const plot = h("div", { class: "time-plot" }, bars, shade, handles);
  const undatedBar = h("span", { class: "time-undated-bar", "aria-hidden": "true" });
  const undatedAmount = h("span", { class: "tally" });
  const undatedButton = undated.length
    ? h(
        "button",
        { class: "time-undated", type: "button", "data-key": "time undated" },
        h("span", { class: "time-undated-room" }, undatedBar),
        h("span", {}, `${WORDS.noDate} `, undatedAmount),
      )
    : null;
  const element = h(
    "section",
    { class: "timeline", "aria-label": WORDS.timeline },
    h("div", { class: "time-head" }, play, told, all),
    h("div", { class: "time-row" }, plot, undatedButton),
  );

  const selected = () => {
    const { dates } = state.filters;
    if (!dates || (!dates.from && !dates.to)) return null;
    return binsOf(bins, dates.from, dates.to);
  };

  /** Let through the bins from `a` to `b`; those without a date as before, and not where all were. */
  const select = (a, b) => {
    const [first, end] = a <= b ? [a, b] : [b, a];
    const whole = first === 0 && end === last;
    const withUndated = state.filters.dates?.undated ?? false;
    if (whole && (withUndated || !undated.length)) state.set({ dates: null });
    else
      state.set({ dates: { from: bins[first].from, to: bins[end].to, undated: withUndated && Boolean(selected()) } });
  };

  /** How many articles of the bins from `a` to `b` the other filters let through. */
  const amounts = (a, b) => {
    let [shown, inferred] = [0, 0];
    for (const article of model.articles) {
      if (!article.inTime || article.bin < a || article.bin > b) continue;
      shown += 1;
      if (article.inferred) inferred += 1;
    }
    return { shown, inferred };
  };

  const say = (a, b) => {
    const { shown, inferred } = amounts(a, b);
    const span = dateRange(bins[a].from, bins[b].to);
    const parts = [span, count(shown, "article"), inferred ? put(WORDS.inferredOf, number(inferred)) : ""];
    return parts.filter(Boolean).join(" · ");
  };

  const tell = () => {
    const range = looked ?? selected();
    if (range) told.textContent = say(...range);
    else {
      const span = dateRange(bins[0].from, bins[last].to);
      told.textContent = [WORDS.timeline, span, WORDS.units[unit]].join(" · ");
    }
  };

  const draw = () => {
    const width = plot.clientWidth;
    if (!width) return;
    const step = width / bins.length;
    const thick = Math.max(1, Math.min(WIDEST, step > 4 ? step - 1.5 : step * 0.8));
    const totals = bins.map(() => ({ all: 0, sure: 0, inferred: 0 }));
    for (const article of model.articles) {
      if (article.bin < 0) continue;
      const total = totals[article.bin];
      total.all += 1;
      if (article.inTime) total[article.inferred ? "inferred" : "sure"] += 1;
    }
    const inTime = undated.filter((article) => article.inTime).length;
    const most = Math.max(1, undated.length, ...totals.map((total) => total.all));
    const high = (amount) => (amount ? Math.max(LEAST, (amount / most) * HEIGHT) : 0);
    const range = selected();
    const onlyUndated = state.filters.dates !== null && !range;
    const out = (at) => onlyUndated || (range && (at < range[0] || at > range[1]));
    const bar = (at, from, to, className) =>
      svg("rect", {
        class: className,
        x: at * step + (step - thick) / 2,
        y: HEIGHT - to,
        width: thick,
        height: Math.max(0, to - from),
      });
    const drawn = [];
    totals.forEach(({ all: whole, sure, inferred }, at) => {
      if (!whole) return;
      const shown = high(sure + inferred);
      const solid = inferred && sure ? (shown * sure) / (sure + inferred) : sure ? shown : 0;
      const faint = out(at) ? " time-out" : "";
      if (whole > sure + inferred) drawn.push(bar(at, shown, high(whole), "time-bar time-rest"));
      if (solid) drawn.push(bar(at, 0, solid, `time-bar${faint}`));
      if (inferred) drawn.push(bar(at, solid, shown, `time-bar time-inferred${faint}`));
    });
    drawn.push(svg("path", { class: "time-ground", d: `M0 ${HEIGHT + 0.5}H${width}` }));
    for (const at of named(time, Math.floor(width / NAME))) {
      const x = (at + 0.5) * step;
      const anchor = x < NAME / 2 ? "start" : x > width - NAME / 2 ? "end" : "middle";
      const ends = { start: 0, end: width, middle: x };
      drawn.push(
        svg(
          "text",
          { class: "time-name", x: ends[anchor], y: HEIGHT + 14, "text-anchor": anchor },
          nameOf(unit, bins[at]),
        ),
      );
    }
    bars.setAttribute("viewBox", `0 0 ${width} ${HEIGHT + 18}`);
    bars.setAttribute("width", width);
    bars.setAttribute("height", HEIGHT + 18);
    bars.replaceChildren(...drawn);

    const [a, b] = range ?? [0, last];
    shade.hidden = !range;
    shade.style.left = `${a * step}px`;
    shade.style.width = `${(b - a + 1) * step}px`;
    [a, b].forEach((at, which) => {
      const one = handles[which];
      one.style.left = `${(at + which) * step}px`;
      one.setAttribute("aria-valuenow", at);
      one.setAttribute("aria-valuetext", dateRange(bins[at].from, bins[at].to));
    });
    if (undatedButton) {
      undatedBar.style.height = `${high(inTime)}px`;
      undatedAmount.textContent = number(inTime);
      const on = state.filters.dates === null || state.filters.dates.undated;
      undatedBar.classList.toggle("time-out", !on);
      undatedButton.setAttribute("aria-pressed", String(state.filters.dates?.undated ?? false));
    }
    all.hidden = state.filters.dates === null;
    tell();
  };

  const stop = () => {
    clearInterval(playing);
    playing = 0;
    label();
  };
  const label = () => {
    const text = playing ? WORDS.pause : moves() ? WORDS.play : WORDS.stepOn;
    play.setAttribute("aria-label", text);
    play.title = text;
    play.textContent = playing ? "❚❚" : moves() ? "▶" : "▶❙";
  };
  /** Go on to the next stretch that has articles, as long as the one selected; false at the end. */
  const stepOn = () => {
    const range = selected();
    const length = range && range[1] - range[0] < last ? range[1] - range[0] : Math.floor(bins.length / 60);
    const from = range && range[1] < last ? range[1] + 1 : 0;
    if (range && from === 0 && playing) return false;
    const next = Math.min(...model.articles.filter((one) => one.inTime && one.bin >= from).map((one) => one.bin));
    if (!Number.isFinite(next)) return false;
    const start = Math.min(next, last - length);
    select(start, start + length);
    return true;
  };
  play.addEventListener("click", () => {
    if (playing) {
      stop();
      return;
    }
    if (moves()) {
      playing = setInterval(() => stepOn() || stop(), STEP);
      label();
    }
    stepOn();
  });
  all.addEventListener("click", () => {
    stop();
    state.set({ dates: null });
    play.focus();
  });
  undatedButton?.addEventListener("click", () => {
    stop();
    const { dates } = state.filters;
    if (!dates) state.set({ dates: { from: null, to: null, undated: true } });
    else if (!selected()) state.set({ dates: null });
    else state.set({ dates: { ...dates, undated: !dates.undated } });
  });

  // The brush: a new stretch, one of its ends, or the stretch as it is moved along.
  const at = (event) => {
    const box = plot.getBoundingClientRect();
    return Math.max(0, Math.min(last, Math.floor(((event.clientX - box.left) / box.width) * bins.length)));
  };
  let drag = null;
  plot.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    stop();
    const here = at(event);
    const range = selected();
    const end = handles.indexOf(event.target);
    if (end >= 0) drag = { fixed: (range ?? [0, last])[1 - end], isEnd: true };
    else if (range && here >= range[0] && here <= range[1] && range[1] > range[0]) drag = { from: here, range };
    else drag = { fixed: here };
    drag.x = event.clientX;
    plot.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  plot.addEventListener("pointermove", (event) => {
    const here = at(event);
    if (!drag) {
      looked = [here, here];
      tell();
      return;
    }
    looked = null;
    if (Math.abs(event.clientX - drag.x) < TAP && !drag.moved) return;
    drag.moved = true;
    if (drag.range) {
      const [a, b] = drag.range;
      const by = Math.max(-a, Math.min(last - b, here - drag.from));
      select(a + by, b + by);
    } else select(drag.fixed, here);
  });
  plot.addEventListener("pointerup", (event) => {
    if (!drag) return;
    const { moved, isEnd } = drag;
    drag = null;
    if (moved || isEnd) return;
    const here = at(event);
    const range = selected();
    // A second press on the one that is selected lets all through again.
    if (range && range[0] === here && range[1] === here) state.set({ dates: null });
    else select(here, here);
  });
  plot.addEventListener("pointercancel", () => {
    drag = null;
  });
  plot.addEventListener("pointerleave", () => {
    looked = null;
    tell();
  });

  const KEYS = {
    ArrowLeft: -1,
    ArrowDown: -1,
    ArrowRight: 1,
    ArrowUp: 1,
    PageDown: -10,
    PageUp: 10,
    Home: -Infinity,
    End: Infinity,
  };
  handles.forEach((one, which) => {
    one.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && state.filters.dates) {
        event.preventDefault();
        stop();
        state.set({ dates: null });
      }
      if (!KEYS[event.key]) return;
      event.preventDefault();
      stop();
      const range = [...(selected() ?? [0, last])];
      const [least, most] = which ? [range[0], last] : [0, range[1]];
      range[which] = Math.max(least, Math.min(most, range[which] + KEYS[event.key]));
      select(...range);
    });
  });

  // At the foot of the map where there is room; else in the panel, wherever it is asked for.
  let slot = null;
  const settle = () => {
    const place = NARROW.matches ? slot : home;
    if (place && element.parentElement !== place) place.append(element);
    home.hidden = NARROW.matches;
    draw();
  };
  NARROW.addEventListener("change", settle);
  new ResizeObserver(draw).observe(plot);
  label();
  settle();
  return {
    refresh: (fields) => {
      // What is played goes on only as long as nothing else is changed.
      if (playing && fields.some((field) => field !== "dates")) stop();
      draw();
    },
    lodge: (where) => {
      slot = where;
      settle();
    },
  };
};
