// Time cut into days, weeks, months or years, as fits the articles. Days are "YYYY-MM-DD".

const DAY = 864e5;

// A unit is used up to so many days from the first article to the last: some sixty bars of
// days, of weeks, ten years of months.
const LONGEST = [
  ["day", 62],
  ["week", 62 * 7],
  ["month", 3660],
];

const read = (day) => new Date(`${day}T00:00:00Z`);
const write = (date) => date.toISOString().slice(0, 10);
const later = (day, days) => write(new Date(read(day).getTime() + days * DAY));

const daysBetween = (from, to) => Math.round((read(to) - read(from)) / DAY);

export const unitFor = (first, last) =>
  LONGEST.find(([, longest]) => daysBetween(first, last) <= longest)?.[0] ?? "year";

/** The first day of the day, week (from Monday, ISO 8601), month or year that a day lies in. */
export const startOf = (unit, day) => {
  if (unit === "year") return `${day.slice(0, 4)}-01-01`;
  if (unit === "month") return `${day.slice(0, 7)}-01`;
  return unit === "week" ? later(day, -((read(day).getUTCDay() + 6) % 7)) : day;
};

const after = (unit, start) => {
  if (unit === "day") return later(start, 1);
  if (unit === "week") return later(start, 7);
  const date = read(start);
  if (unit === "year") date.setUTCFullYear(date.getUTCFullYear() + 1);
  else date.setUTCMonth(date.getUTCMonth() + 1);
  return write(date);
};

/** The stretches of time from the first to the last of `days`: {unit, bins: [{from, to}]}; both days are in it. */
export const cutTime = (days) => {
  if (!days.length) return { unit: "day", bins: [] };
  const ordered = [...days].sort();
  const [first, last] = [ordered[0], ordered.at(-1)];
  const unit = unitFor(first, last);
  const bins = [];
  for (let start = startOf(unit, first); start <= last; ) {
    const next = after(unit, start);
    bins.push({ from: start, to: later(next, -1) });
    start = next;
  }
  return { unit, bins };
};

/** The number of the bin that a day lies in; days before and after all have none, -1. */
export const binOf = (bins, day) => {
  let low = 0;
  let high = bins.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (day < bins[middle].from) high = middle - 1;
    else if (day > bins[middle].to) low = middle + 1;
    else return middle;
  }
  return -1;
};

/** The bins that the days from `from` to `to` touch, as [first, last]; null for an end that is open. */
export const binsOf = (bins, from, to) => {
  const first = from === null ? 0 : bins.findIndex((bin) => bin.to >= from);
  const last = to === null ? bins.length - 1 : bins.findLastIndex((bin) => bin.from <= to);
  return first < 0 || last < first ? null : [first, last];
};

// Years that are round, for as many as fit.
const ROUND = [1, 2, 5, 10, 20, 25, 50, 100];

/** Which bins are named below the bars, `room` of them having space for a name: their numbers. */
export const named = ({ unit, bins }, room) => {
  const apart = Math.max(1, Math.ceil(bins.length / Math.max(1, room)));
  const round = ROUND.find((years) => years >= apart) ?? 100;
  const fits = (bin, at) => {
    if (unit === "year") return Number(bin.from.slice(0, 4)) % round === 0;
    if (unit === "month") return apart > 3 ? bin.from.slice(5, 7) === "01" : Number(bin.from.slice(5, 7)) % 3 === 1;
    if (unit === "week") return Number(bin.from.slice(8)) <= 7;
    return at % apart === 0;
  };
  const found = [];
  bins.forEach((bin, at) => {
    if (fits(bin, at) && (!found.length || at - found.at(-1) >= apart)) found.push(at);
  });
  return found.length ? found : bins.length ? [0] : [];
};
