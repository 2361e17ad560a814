// The filters: a button that says how many are on, the panel behind it, and each in plain words.
import { h, whenIdle } from "./dom.js";
import { datesWith, filtersSaid, isDay, SCORES, scoreSaid, tallies, valueSaid } from "./filtersaid.js";
import { groupOf } from "./filters.js";
import { fold } from "./model.js";
import { byName, number, put, WORDS } from "./words.js";

// A list of more values than this has a search of its own, and shows at most so many.
const SEARCHED = 12;
const LISTED = 150;

/** The filters that are on, each with a way to take it away; empty where none is. */
export const filterChips = (model, state) => {
  const row = h("div", { class: "chips", role: "group", "aria-label": WORDS.filters });
  const fill = () => {
    const said = filtersSaid(model, state);
    row.hidden = !said.length;
    row.replaceChildren(
      ...said.map(([field, text]) =>
        h(
          "button",
          {
            class: "chip",
            type: "button",
            "data-key": `chip ${field}`,
            "aria-label": put(WORDS.remove, text),
            onclick: () => state.reset(field),
          },
          h("span", { dir: "auto" }, text),
          h("span", { class: "chip-cross", "aria-hidden": "true" }, "×"),
        ),
      ),
    );
    if (said.length > 1) {
      row.append(
        h(
          "button",
          { class: "link", type: "button", "data-key": "clear", onclick: () => state.clear() },
          WORDS.clearAll,
        ),
      );
    }
  };
  fill();
  return { element: row, refresh: fill };
};

/** A part of the panel: closed until it is asked for, and made then; `make` returns {element, refresh}. */
const part = (state, name, label, make) => {
  let made = null;
  const told = h("span", { class: "filter-told" });
  const details = h(
    "details",
    { class: "filter", "data-filter": name, open: state.open.has(name) },
    h("summary", { "data-key": `filter ${name}` }, label, told),
  );
  const build = () => {
    made ??= make();
    if (!made.element.isConnected) details.append(made.element);
    made.refresh();
  };
  details.addEventListener("toggle", () => {
    if (details.open) {
      state.open.add(name);
      build();
    } else state.open.delete(name);
  });
  if (details.open) build();
  return {
    element: details,
    refresh: (said) => {
      told.textContent = said ?? "";
      if (details.open) made?.refresh();
    },
  };
};

/** A line with a box or a circle to tick, a name and how many it would show. */
const choice = ({ type, name, key, label, press }) => {
  const input = h("input", {
    type,
    name,
    class: "role-box",
    "data-key": key,
    onchange: (event) => press(event.target.checked),
  });
  const tally = h("span", { class: "tally" });
  const element = h(
    "label",
    { class: "choice" },
    input,
    h("span", { class: "choice-name", dir: "auto" }, label),
    tally,
  );
  return {
    element,
    show: (checked, amount) => {
      input.checked = checked;
      tally.textContent = amount === undefined ? "" : number(amount);
      element.classList.toggle("choice-none", amount === 0 && !checked);
    },
  };
};

/** The values of a filter of which several can be chosen; those that show most come first. */
const choices = (model, state, field, values) => () => {
  const first = tallies(model, state, field);
  const ordered = values
    .map((value) => ({ value, label: valueSaid(model, field, value), amount: first.get(value) ?? 0 }))
    .sort((a, b) => b.amount - a.amount || byName(a.label, b.label));
  const made = new Map();
  const list = h("div", { class: "choices", role: "group" });
  const rest = h("p", { class: "small" });
  let query = "";
  const chosen = () => state.filters[field];
  const press = (value) => (on) =>
    state.set({ [field]: on ? [...chosen(), value] : chosen().filter((one) => one !== value) });
  const refresh = () => {
    const amounts = tallies(model, state, field);
    const wanted = fold(query);
    const fitting = ordered.filter(
      (one) => chosen().includes(one.value) || !wanted || fold(one.label).includes(wanted),
    );
    const listed = fitting.slice(0, LISTED);
    for (const { value, label } of listed) {
      if (!made.has(value)) {
        made.set(value, choice({ type: "checkbox", key: `${field} ${value}`, label, press: press(value) }));
      }
      made.get(value).show(chosen().includes(value), amounts.get(value) ?? 0);
    }
    const elements = listed.map(({ value }) => made.get(value).element);
    if (elements.length !== list.children.length || elements.some((one, at) => one !== list.children[at])) {
      list.replaceChildren(...elements);
    }
    const more = fitting.length - listed.length;
    rest.textContent = more > 0 ? put(WORDS.more, number(more)) : "";
    rest.hidden = more <= 0;
  };
  const search =
    values.length > SEARCHED
      ? h("input", {
          class: "filter-search",
          type: "search",
          "aria-label": WORDS.findInList,
          placeholder: WORDS.findInList,
          autocomplete: "off",
          "data-key": `search ${field}`,
          oninput: (event) => {
            query = event.target.value;
            refresh();
          },
        })
      : null;
  return { element: h("div", { class: "filter-body" }, search, list, rest), refresh };
};

const words = (state) => () => {
  const input = h("input", {
    class: "filter-search",
    type: "search",
    "aria-label": WORDS.byWords,
    autocomplete: "off",
    "data-key": "words",
    oninput: whenIdle(200, (event) => state.set({ words: event.target.value.trim() })),
  });
  return {
    element: h("div", { class: "filter-body" }, input),
    refresh: () => {
      if (input.value.trim() !== state.filters.words) input.value = state.filters.words;
    },
  };
};

const dates = (model, state, timeline) => () => {
  const days = model.byDate.map((article) => article.published).filter(Boolean);
  const set = (changes) => state.set({ dates: datesWith(state.filters.dates, changes) });
  const field = (name, label) =>
    h("input", {
      type: "date",
      class: "filter-date",
      "aria-label": label,
      min: days.at(-1),
      max: days[0],
      "data-key": `date ${name}`,
      onchange: (event) => isDay(event.target.value) && set({ [name]: event.target.value || null }),
    });
  const [from, to] = [field("from", WORDS.from), field("to", WORDS.to)];
  const undated =
    days.length < model.articles.length
      ? choice({ type: "checkbox", key: "undated", label: WORDS.withUndated, press: (on) => set({ undated: on }) })
      : null;
  const slot = h("div", { class: "filter-timeline" });
  return {
    element: h(
      "div",
      { class: "filter-body" },
      slot,
      h(
        "div",
        { class: "filter-dates" },
        h("label", {}, h("span", {}, WORDS.from), from),
        h("label", {}, h("span", {}, WORDS.to), to),
      ),
      undated?.element,
    ),
    refresh: () => {
      timeline?.lodge(slot);
      from.value = state.filters.dates?.from ?? "";
      to.value = state.filters.dates?.to ?? "";
      undated?.show(state.filters.dates?.undated ?? false);
    },
  };
};

const certainty = (model, state) => () => {
  const all = [null, ...SCORES].map((score) => ({
    score,
    made: choice({
      type: "radio",
      name: "score",
      key: `score ${score ?? ""}`,
      label: score ? scoreSaid(score) : WORDS.any,
      press: () => state.set({ score }),
    }),
  }));
  return {
    element: h(
      "div",
      { class: "filter-body", role: "radiogroup", "aria-label": WORDS.byScore },
      all.map(({ made }) => made.element),
    ),
    refresh: () => {
      const amounts = tallies(model, state, "score");
      for (const [at, { score, made }] of all.entries()) {
        made.show(String(score) === String(state.filters.score), score ? (amounts.get(at - 1) ?? 0) : undefined);
      }
    },
  };
};

const fresh = (state) => {
  const made = choice({ type: "checkbox", key: "fresh", label: WORDS.isNew, press: (on) => state.set({ fresh: on }) });
  return {
    element: h("div", { class: "filter filter-single" }, made.element),
    refresh: () => made.show(state.filters.fresh),
  };
};

const distinct = (all) => [...new Set(all)];

/** The button and the panel behind it. */
export const filterControls = (model, state, timeline) => {
  const amount = h("span", { class: "filters-amount" });
  const button = h(
    "button",
    {
      class: "filters-button",
      type: "button",
      "data-key": "filters",
      "aria-controls": "filters",
      onclick: () => {
        if (state.open.has("panel")) state.open.delete("panel");
        else state.open.add("panel");
        refresh();
      },
    },
    h("span", {}, WORDS.filters),
    amount,
  );
  const panel = h("div", { class: "filters", id: "filters", role: "group", "aria-label": WORDS.filters });
  let parts = null;
  const list = (field, label, values) =>
    values.length > 1 ? [[field, part(state, field, label, choices(model, state, field, values))]] : [];
  const build = () => {
    const placed = model.places.filter((place) => place.passages.length);
    const dated = model.articles.some((article) => article.published);
    parts = [
      ...(model.since ? [["fresh", fresh(state)]] : []),
      ["words", part(state, "words", WORDS.byWords, words(state))],
      ...(dated ? [["dates", part(state, "dates", WORDS.byDate, dates(model, state, timeline))]] : []),
      ...list("country", WORDS.byCountry, distinct(placed.map((place) => place.country))),
      ...list("kind", WORDS.byKind, distinct(placed.map(groupOf))),
      ...list("publisher", WORDS.byPublisher, distinct(model.articles.map((article) => article.publisher))),
      ...list(
        "article",
        WORDS.byArticle,
        model.byDate.map((article) => article.id),
      ),
      ["score", part(state, "score", WORDS.byScore, certainty(model, state))],
    ];
    panel.append(...parts.map(([, one]) => one.element));
  };
  const refresh = () => {
    const open = state.open.has("panel");
    const active = state.active().length;
    if (open && !parts) build();
    button.setAttribute("aria-expanded", String(open));
    if (active) button.setAttribute("aria-label", put(WORDS.filtersOn, active));
    else button.removeAttribute("aria-label");
    amount.textContent = active || "";
    amount.hidden = !active;
    panel.hidden = !open;
    const on = new Set(state.active());
    const said = open ? new Map(filtersSaid(model, state)) : null;
    if (open) for (const [field, one] of parts) one.refresh(on.has(field) ? said.get(field) : "");
  };
  refresh();
  return { button, panel, refresh };
};
