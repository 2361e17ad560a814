// What filters, time, the tree of places, search and downloads reckon, without a browser.
import assert from "node:assert/strict";
import { test } from "node:test";
import { toCsv } from "../../maps/reader/download.js";
import { activeFields, NONE, readFilters, writeFilters } from "../../maps/reader/filters.js";
import { datesWith, tallies } from "../../maps/reader/filtersaid.js";
import { fold, readModel } from "../../maps/reader/model.js";
import { rowsOf, treeOf } from "../../maps/reader/placestree.js";
import { foldWithOrigins, snippet, stretchesOf } from "../../maps/reader/search.js";
import { createState } from "../../maps/reader/state.js";
import { binOf, binsOf, cutTime, named, startOf, unitFor } from "../../maps/reader/timebins.js";
import { dateRange, dateSpan } from "../../maps/reader/words.js";

const read = (text) => readFilters(new URLSearchParams(text));
const write = (filters) => {
  const written = new URLSearchParams();
  writeFilters(filters, written);
  return String(written);
};

for (const address of [
  "",
  "only=a%26b&only=c&by=The+Post&by=&country=UA&kind=P&from=2024-01-01&to=2024-12-31&undated=&text=caf%C3%A9+%231&score=0.66..1.01&new=&role=metonym&role=demonym",
  "undated=",
  "from=2024-02-29",
  "score=0..0.66",
]) {
  test(`filters are read from an address as they were written into it: ${address || "none"}`, () => {
    assert.equal(write(read(address)), address);
  });
}

for (const address of [
  "from=2023-02-30x",
  "to=99",
  "score=1",
  "score=0.9..0.1",
  "role=king",
  "from=2024-02-01&to=2024-01-01",
  "text=++",
]) {
  test(`what means nothing is no filter: ${address}`, () => {
    assert.deepEqual(activeFields(read(address)), []);
  });
}

test("a change of dates keeps what is not changed, turns ends that are crossed, and is none where all is let through", () => {
  assert.deepEqual(datesWith(null, { from: "2024-01-01" }), { from: "2024-01-01", to: null, undated: false });
  assert.deepEqual(datesWith({ from: "2024-01-01", to: null, undated: true }, { to: "2023-01-01" }), {
    from: "2023-01-01",
    to: "2024-01-01",
    undated: true,
  });
  assert.equal(datesWith({ from: "2024-01-01", to: null, undated: false }, { from: null }), NONE.dates);
});

const article = (id, published, publisher = "", text = "Rain fell here. Sun shone there.") => ({
  id,
  title: id,
  text,
  source: "",
  url: "",
  publisher,
  published,
  inferred: false,
  language: "en",
});
const place = (id, country, admin1 = "", code = "PPL") => ({
  id,
  name: id,
  lon: 0,
  lat: 0,
  country,
  admin1,
  admin2: "",
  class: code.startsWith("P") && code !== "PCLI" ? "P" : "A",
  code,
  population: 0,
  source: "",
  licence: "",
  area: null,
});
/** A model of mentions given as [article, place or -1, role, score], each a passage of its own. */
const modelOf = (articles, places, mentions) =>
  readModel({
    format: 1,
    title: "T",
    countries: { KE: "Kenya", FR: "France" },
    articles,
    places,
    mentions: {
      article: mentions.map(([one]) => one),
      place: mentions.map(([, one]) => one),
      role: mentions.map(([, , one]) => one ?? 0),
      score: mentions.map(([, , , one]) => one ?? 0.97),
      start: mentions.map((_, at) => at),
      end: mentions.map((_, at) => at + 1),
      reason: mentions.map(() => 0),
      passageStart: mentions.map((_, at) => at),
      passageEnd: mentions.map((_, at) => at + 1),
      alternatives: mentions.map(() => -1),
    },
    reasons: [""],
    candidates: [],
    alternatives: [],
  });

const small = () =>
  modelOf(
    [article("a", "2024-01-01", "Post"), article("b", null, "Wire"), article("c", "2025-01-01", "Post", "No place.")],
    [place("x", "KE"), place("y", "FR"), place("z", "KE")],
    [
      [0, 0],
      [0, 1, 0, 0.5],
      [1, 0],
      [1, 2, 1],
      [1, -1],
    ],
  );

test("filters combine, and counts follow all of them", () => {
  const model = small();
  const state = createState(model);
  assert.deepEqual(state.shown, { articles: 3, places: 2, names: 3 });
  state.set({ publisher: ["Post"] });
  assert.deepEqual(state.shown, { articles: 2, places: 2, names: 2 });
  state.set({ country: ["KE"] });
  assert.deepEqual(state.shown, { articles: 1, places: 1, names: 1 }, "an article without such a place goes");
  state.set({ publisher: [], roles: 3 });
  assert.deepEqual(state.shown, { articles: 2, places: 2, names: 3 });
  state.clear();
  assert.deepEqual(state.shown, { articles: 3, places: 2, names: 3 });
});

test("a further role takes no article away, and without the literal one those of no other role go", () => {
  const state = createState(small());
  state.toggle(1, true);
  assert.equal(state.shown.articles, 3);
  state.toggle(0, false);
  assert.deepEqual(state.shown, { articles: 1, places: 1, names: 1 });
});

test("a choice tells what it would show under the other filters, and not under its own", () => {
  const model = small();
  const state = createState(model);
  state.set({ publisher: ["Wire"] });
  assert.deepEqual(
    [...tallies(model, state, "publisher")],
    [
      ["Post", 2],
      ["Wire", 1],
    ],
  );
  assert.deepEqual([...tallies(model, state, "country")], [["KE", 1]]);
  assert.deepEqual(
    [...tallies(model, state, "score")],
    [
      [0, 1],
      [1, 1],
      [2, 1],
    ],
  );
});

test("listeners are told which filters have changed, and not where none has", () => {
  const state = createState(small());
  const heard = [];
  state.on((fields) => heard.push(fields));
  state.set({ publisher: ["Post"], words: "" });
  state.set({ publisher: ["Post"] });
  assert.deepEqual(heard, [["publisher"]]);
});

test("what is in time is let through whatever its date", () => {
  const model = small();
  const state = createState(model);
  state.set({ dates: { from: "2025-01-01", to: null, undated: false }, publisher: ["Post"] });
  assert.deepEqual(
    model.articles.map((one) => [one.shown, one.inTime]),
    [
      [false, true],
      [false, false],
      [true, true],
    ],
  );
});

test("places stand under their region where it has several or is one itself, and articles count once", () => {
  const model = modelOf(
    [article("a", "2024-01-01"), article("b", "2025-01-01")],
    [
      place("Kenya", "KE", "", "PCLI"),
      place("Ahero", "KE", "Kisumu County"),
      place("Kisumu", "KE", "Kisumu County"),
      place("Nairobi", "KE", "Nairobi County"),
      place("Bordeaux", "FR", "Nouvelle-Aquitaine"),
      place("Nouvelle-Aquitaine", "FR", "Nouvelle-Aquitaine", "ADM1"),
    ],
    [
      [0, 0],
      [0, 1],
      [0, 2],
      [1, 2],
      [0, 3],
      [1, 4],
      [1, 5],
    ],
  );
  createState(model);
  const rows = (sort, folded = new Set()) =>
    rowsOf(treeOf(model.places, sort), folded).map((row) => (row.country ?? row.region ?? row.place).name);
  assert.deepEqual(rows("passages"), [
    "Kenya",
    "Kenya",
    "Kisumu County",
    "Kisumu",
    "Ahero",
    "Nairobi",
    "France",
    "Nouvelle-Aquitaine",
    "Bordeaux",
  ]);
  assert.deepEqual(rows("name"), [
    "France",
    "Nouvelle-Aquitaine",
    "Bordeaux",
    "Kenya",
    "Kenya",
    "Kisumu County",
    "Ahero",
    "Kisumu",
    "Nairobi",
  ]);
  assert.deepEqual(rows("date")[0], "France");
  assert.deepEqual(rows("name", new Set(["France", "Kenya/Kisumu County"])), [
    "France",
    "Kenya",
    "Kenya",
    "Kisumu County",
    "Nairobi",
  ]);
  const [kenya] = treeOf(model.places, "articles");
  assert.deepEqual(kenya.shown, { passages: 5, articles: 2, newest: "2025-01-01" });
});

for (const [first, last, unit] of [
  ["2024-01-01", "2024-01-01", "day"],
  ["2024-01-01", "2024-03-03", "day"],
  ["2024-01-01", "2024-03-04", "week"],
  ["2024-01-01", "2025-03-10", "week"],
  ["2024-01-01", "2025-03-11", "month"],
  ["2014-01-01", "2024-01-08", "month"],
  ["2014-01-01", "2024-01-10", "year"],
]) {
  test(`from ${first} to ${last} time is cut by the ${unit}`, () => assert.equal(unitFor(first, last), unit));
}

test("stretches of time touch and hold every day between, also in leap years, at new year and before 1970", () => {
  for (const days of [
    ["2024-02-27", "2024-03-02"],
    ["2023-12-20", "2024-06-01"],
    ["1899-11-30", "1901-01-15"],
    ["1815-06-18", "2025-01-01"],
  ]) {
    const { bins } = cutTime(days);
    bins.forEach((bin, at) => {
      assert.ok(bin.from <= bin.to);
      if (at) assert.equal(new Date(bin.from) - new Date(bins[at - 1].to), 864e5);
      assert.equal(binOf(bins, bin.from), at);
      assert.equal(binOf(bins, bin.to), at);
    });
    for (const day of days) assert.notEqual(binOf(bins, day), -1);
  }
  assert.equal(startOf("week", "2025-01-01"), "2024-12-30", "a week begins on Monday");
  assert.equal(startOf("week", "2024-12-29"), "2024-12-23");
  assert.deepEqual(cutTime([]).bins, []);
});

test("dates that are no whole stretches select all that they touch", () => {
  const { bins } = cutTime(["2010-05-05", "2024-05-05"]);
  assert.deepEqual(binsOf(bins, "2012-06-01", "2013-02-02"), [2, 3]);
  assert.deepEqual(binsOf(bins, null, "2010-01-01"), [0, 0]);
  assert.deepEqual(binsOf(bins, "2024-12-31", null), [14, 14]);
  assert.equal(binsOf(bins, "2030-01-01", null), null);
});

test("below the bars stand as many names as there is room for, of round years", () => {
  const time = cutTime(["1991-01-01", "2025-01-01"]);
  const years = (room) => named(time, room).map((at) => time.bins[at].from.slice(0, 4));
  assert.deepEqual(years(8), ["1995", "2000", "2005", "2010", "2015", "2020", "2025"]);
  assert.deepEqual(years(4), ["2000", "2010", "2020"]);
  assert.deepEqual(named(cutTime(["2024-05-01", "2024-05-02"]), 0), [0]);
});

test("days are said as short as they can be", () => {
  assert.equal(dateRange("2014-01-01", "2014-12-31"), "2014");
  assert.equal(dateRange("2014-01-01", "2016-12-31"), "2014–2016");
  assert.equal(dateRange("2024-02-01", "2024-02-29"), "February 2024");
  assert.equal(dateRange("2024-02-29", "2024-02-29"), "February 29, 2024");
  assert.equal(dateSpan("1991-09-07", "2025-01-28"), "1991–2025");
});

for (const text of [
  "Saint-Étienne",
  "  a  b",
  "Й ї Ґ Київ",
  "e\u0301te\u0301 x",
  "İstanbul 🛶 x’y",
  "ΣΟΦΟΣ",
  "서울 x",
  "",
]) {
  test(`a text folded with its origins is the same as folded: ${JSON.stringify(text)}`, () => {
    const { text: folded, from } = foldWithOrigins(text);
    assert.equal(folded.trim(), fold(text));
    assert.equal(from.length, folded.length + 1);
  });
}

test("what is found in a text is marked as it stands there", () => {
  const text = "In Saint-Étienne, saint  etienne; 🛶 SAINT’ETIENNE.";
  assert.deepEqual(
    stretchesOf(text, "saint etienne").map(([start, end]) => text.slice(start, end)),
    ["Saint-Étienne", "saint  etienne", "SAINT’ETIENNE"],
  );
  const found = snippet({ text: `${"word ".repeat(40)}needle${" word".repeat(40)}` }, "NEEDLE");
  assert.equal(found.hit, "needle");
  assert.match(found.before, /^… word/);
  assert.match(found.after, /word …$/);
  assert.equal(snippet({ text: "nothing" }, "needle"), null);
});

test("a table's cells are quoted where they must be", () => {
  const row = { article_id: "a", start: 1, end: 2, text: 'a "b", c', role: "literal", passage: "two\nlines" };
  const [, line] = toCsv([{ ...row }]).split(/\n(?=a,)/);
  assert.match(line, /^a,1,2,"a ""b"", c",literal,/);
  assert.match(line, /"two\nlines"\n$/);
});
