// Cutting text: paragraphs, stretches between names, sentences beside a sentence.

/** The paragraphs of a text as [start, end) pairs; empty lines stand between them. */
export const paragraphs = (text) => {
  const found = [];
  const gap = /\n[^\S\n]*\n\s*/g;
  let start = 0;
  for (let match = gap.exec(text); match; match = gap.exec(text)) {
    if (match.index > start) found.push([start, match.index]);
    start = match.index + match[0].length;
  }
  if (start < text.length) found.push([start, text.length]);
  return found;
};

/**
 * Cut [start, end) at the spans, which are in order: a list of {start, end, span}, span null
 * for the text between. A span that overlaps the one before it is left out.
 */
export const stretches = (start, end, spans) => {
  const cut = [];
  let at = start;
  for (const span of spans) {
    const from = Math.max(span.start, start);
    const to = Math.min(span.end, end);
    if (from < at || to <= from) continue;
    if (from > at) cut.push({ start: at, end: from, span: null });
    cut.push({ start: from, end: to, span });
    at = to;
  }
  if (at < end) cut.push({ start: at, end, span: null });
  return cut;
};

const FIRST_LETTER = /\p{L}/u;
const RIGHT_TO_LEFT =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/** Which way a text runs, by its first letter, as `dir="auto"` tells it: "ltr" or "rtl". */
export const directionOf = (text) => (RIGHT_TO_LEFT.test(text.match(FIRST_LETTER)?.[0] ?? "") ? "rtl" : "ltr");

// Longer neighbours are cut: they are there to place the sentence, not to be read whole.
const NEIGHBOUR = 220;
// How far from a sentence its neighbours are looked for, in characters.
const REACH = 400;

const sentences = "Segmenter" in Intl ? new Intl.Segmenter(undefined, { granularity: "sentence" }) : null;

/** The sentences of the same paragraph before and after [start, end), as text; "" for none. */
export const neighbours = (text, start, end) => {
  if (!sentences) return { before: "", after: "" };
  const opening = text
    .slice(Math.max(0, start - REACH), start)
    .split(/\n[^\S\n]*\n/)
    .at(-1);
  const closing = text.slice(end, end + REACH).split(/\n[^\S\n]*\n/)[0];
  const before =
    [...sentences.segment(opening)]
      .map((one) => one.segment.trim())
      .filter(Boolean)
      .at(-1) ?? "";
  const after = [...sentences.segment(closing)].map((one) => one.segment.trim()).find(Boolean) ?? "";
  return {
    before: before.length > NEIGHBOUR ? `… ${before.slice(-NEIGHBOUR).replace(/^\S*\s/, "")}` : before,
    after: after.length > NEIGHBOUR ? `${after.slice(0, NEIGHBOUR).replace(/\s\S*$/, "")} …` : after,
  };
};
