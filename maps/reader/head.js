// The head of the two lists: title, what there is, tabs, search, and the switches of roles.
import { h, whenIdle } from "./dom.js";
import { shape } from "./shapes.js";
import { count, number, ROLES, WORDS } from "./words.js";

const summary = (model) => {
  const places = model.places.filter((place) => place.passages.length > 0).length;
  const parts = [count(model.articles.length, "article"), count(places, "place"), count(model.names, "name")];
  // A title that nobody chose counts the articles itself.
  return parts.filter((part) => !model.title.startsWith(part)).join(" · ");
};

const tabs = (active) =>
  h(
    "nav",
    { class: "tabs", "aria-label": "What to list" },
    [
      ["places", "#", WORDS.places],
      ["articles", "#articles=", WORDS.articles],
    ].map(([name, href, text]) =>
      h("a", { class: "tab", href, "data-key": `tab ${name}`, "aria-current": name === active ? "page" : null }, text),
    ),
  );

export const roleSwitches = (model, state) =>
  h(
    "fieldset",
    { class: "roles" },
    h("legend", { class: "unseen" }, "Kinds of name to show"),
    ROLES.map(({ name, more }, role) =>
      model.roleTotals[role] === 0
        ? null
        : h(
            "label",
            { class: "role", title: more },
            h("input", {
              type: "checkbox",
              class: "role-box",
              "data-key": `role ${role}`,
              checked: state.has(role),
              onchange: (event) => state.toggle(role, event.target.checked),
            }),
            shape({ role, radius: 4.5, size: 16 }),
            h("span", {}, name),
            h("span", { class: "tally" }, number(model.roleTotals[role])),
          ),
    ),
  );

export const listHead = (model, state, { active, placeholder, search }) =>
  h(
    "header",
    { class: "masthead" },
    h("h1", { class: "title", tabindex: "-1", dir: "auto" }, model.title),
    h("p", { class: "summary" }, summary(model)),
    tabs(active),
    h("input", {
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
    }),
  );
