// What the panel reckons, without a browser: addresses, stretches of text, words for numbers.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fold, whereabouts } from "../../maps/reader/model.js";
import { articleHash, parseRoute, placeHash } from "../../maps/reader/route.js";
import { paragraphs, stretches } from "../../maps/reader/text.js";
import { count, likelihood, pickLanguage, put, TABLES } from "../../maps/reader/words.js";

test("an address says what is read, and one that is not understood is the list of places", () => {
  assert.equal(parseRoute("#place=a%3A1&n=3").view, "place");
  assert.equal(parseRoute("#place=a%3A1&n=3").id, "a:1");
  assert.equal(parseRoute("#place=a%3A1&n=3").n, 3);
  assert.equal(parseRoute("#place=a&n=-3").n, 1);
  assert.equal(parseRoute("#article=b&at=12").at, 12);
  assert.deepEqual(parseRoute("#together=a&together=b").ids, ["a", "b"]);
  for (const hash of ["", "#", "#nonsense", "#%"]) assert.equal(parseRoute(hash).view, "places");
});

test("an address is read as it was written, whatever an id holds", () => {
  for (const id of ["geonames:1", "a&b=c", "#x y+z", "Ж/%41"]) {
    assert.equal(parseRoute(placeHash({ id }, 2)).id, id);
    assert.equal(parseRoute(articleHash({ id }, 7)).id, id);
  }
});

test("paragraphs are what empty lines part", () => {
  const text = "One.\nStill one.\n\n  \nTwo.";
  assert.deepEqual(
    paragraphs(text).map(([start, end]) => text.slice(start, end)),
    ["One.\nStill one.", "Two."],
  );
  assert.deepEqual(paragraphs(""), []);
});

test("a stretch of text is cut at its names, and a name that overlaps one before it is left out", () => {
  const spans = [
    { start: 2, end: 4 },
    { start: 3, end: 6 },
    { start: 8, end: 12 },
  ];
  assert.deepEqual(
    stretches(0, 10, spans).map(({ start, end, span }) => [start, end, span !== null]),
    [
      [0, 2, false],
      [2, 4, true],
      [4, 8, false],
      [8, 10, true],
    ],
  );
});

test("names are compared without case, accents and apostrophes", () => {
  assert.equal(fold("  Saint-Étienne "), "saint etienne");
  assert.equal(fold("Kyïv"), fold("KYIV"));
});

test("where a place lies is told without its own name", () => {
  assert.equal(whereabouts({ name: "Kisumu", admin1: "Kisumu County", countryName: "Kenya" }), "Kisumu County, Kenya");
  assert.equal(whereabouts({ name: "Kenya", admin1: "", countryName: "Kenya" }), "");
});

test("a probability has the words of the IPCC, each from its bound on", () => {
  assert.deepEqual([1, 0.99, 0.9, 0.66, 0.33, 0.1, 0].map(likelihood).length, 7);
  assert.equal(new Set([0.995, 0.95, 0.7, 0.5, 0.2, 0.05].map(likelihood)).size, 6);
});

test("the language is the first one that is asked for and known", () => {
  assert.equal(pickLanguage(["fr-FR", "uk-UA", "en"]), "uk");
  assert.equal(pickLanguage([null, "fr", "toString"]), "en");
});

test("both languages have the same words, and put the same things into them", () => {
  const holes = (value) =>
    typeof value === "string"
      ? [...value.matchAll(/\{\d\}/g)].map(String).sort().join()
      : Object.keys(value).sort().join();
  const [english, ukrainian] = [TABLES.en.words, TABLES.uk.words];
  assert.deepEqual(Object.keys(ukrainian).sort(), Object.keys(english).sort());
  for (const [name, word] of Object.entries(english)) assert.equal(holes(ukrainian[name]), holes(word), name);
});

test("numbers and what is put into words stay as they are", () => {
  assert.equal(put("{0} of {1}", "{1}", 2), "{1} of 2");
  assert.match(count(1, "passage"), /^1 \S+/);
});
