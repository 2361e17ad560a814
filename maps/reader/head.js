// The head of the two lists: title, what there is, tabs, search, filters, and the switches of roles.
import { h, whenIdle } from "./dom.js";
import { filterChips, filterControls } from "./filtersview.js";
import { shape } from "./shapes.js";
import { count, nounFor, number, put, ROLES, WORDS } from "./words.js";

/** How much there is; where filters are on, how much of it they let through. */
export const summary = (model, state) => {
  const places = model.places.filter((place) => place.passages.length > 0).length;
  if (state.active().length) {
    return [
      [state.shown.articles, model.articles.length, "article"],
      [state.shown.places, places, "place"],
    ]
      .map(([shown, all, noun]) => `${put(WORDS.of, number(shown), number(all))} ${nounFor(all, noun)}`)
      .join(" · ");
  }
  const parts = [count(model.articles.length, "article"), count(places, "place"), count(model.names, "name")];
  // A title that nobody chose counts the articles itself.
  return parts.filter((part) => !model.title.startsWith(part)).join(" · ");
};

const tabs = (active) =>
  h(
    "nav",
    { class: "tabs", "aria-label": WORDS.listed },
    [
      ["places", "#", WORDS.places],
      ["articles", "#articles=", WORDS.articles],
    ].map(([name, href, text]) =>
      h("a", { class: "tab", href, "data-key": `tab ${name}`, "aria-current": name === active ? "page" : null }, text),
    ),
  );

/** The roles of names to show; a switch that is on is a filter let go. */
export const roleSwitches = (model, state) => {
  const boxes = [];
  const element = h(
    "fieldset",
    { class: "roles" },
    h("legend", { class: "unseen" }, WORDS.byRole),
    ROLES.map(({ name, more }, role) => {
      if (model.roleTotals[role] === 0) return null;
      const box = h("input", {
        type: "checkbox",
        class: "role-box",
        "data-key": `role ${role}`,
        onchange: (event) => state.toggle(role, event.target.checked),
      });
      boxes.push([box, role]);
      return h(
        "label",
        { class: "role", title: more },
        box,
        shape({ role, radius: 4.5, size: 16 }),
        h("span", {}, name),
        h("span", { class: "tally" }, number(model.roleTotals[role])),
      );
    }),
  );
  // Where all names are literal there is nothing to switch.
  element.hidden = boxes.length === 1 && model.roleTotals[0] > 0;
  const refresh = () => {
    for (const [box, role] of boxes) box.checked = state.has(role);
  };
  refresh();
  return { element, refresh };
};

export const listHead = ({ model, state, timeline }, { active, placeholder, search }) => {
  const told = h("p", { class: "summary" });
  const filters = filterControls(model, state, timeline);
  const chips = filterChips(model, state);
  const refresh = () => {
    told.textContent = summary(model, state);
    filters.refresh();
    chips.refresh();
  };
  const field = h("input", {
    class: "search",
    type: "search",
    id: "search",
    placeholder,
    "aria-label": placeholder,
    autocomplete: "off",
    spellcheck: "false",
    "data-key": "search",
    value: state.query,
    oninput: ((later) => (event) => {
      state.query = event.target.value;
      later();
    })(whenIdle(80, search)),
  });
  told.textContent = summary(model, state);
  return {
    element: h(
      "header",
      { class: "masthead" },
      h("h1", { class: "title", tabindex: "-1", dir: "auto" }, model.title),
      told,
      tabs(active),
      h("div", { class: "finding" }, field, filters.button),
      filters.panel,
      chips.element,
    ),
    refresh,
    empty: () => {
      field.value = "";
    },
  };
};
