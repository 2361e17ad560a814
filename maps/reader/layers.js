// What the map shows of the atlas: its places, or a layer that sums them up; and the switch for it.
import { h } from "./dom.js";
import { count, number, put, WORDS } from "./words.js";

export const LAYERS = ["places", "heat", "countries", "regions"];

/** A step of a scale as "12–40"; the last one is open: "41+". */
const range = (least, next) => {
  if (next === undefined) return put(WORDS.orMore, number(least));
  return next - 1 > least ? `${number(least)}–${number(next - 1)}` : number(least);
};

/**
 * The bounds of the steps of a scale for counts up to `most`: each step is as many times the one
 * before, since counts of news differ by orders of magnitude; whole numbers, none twice.
 */
export const boundsFor = (most, steps) => {
  const bounds = [1];
  for (let step = 1; step < steps; step += 1) {
    const least = Math.max(bounds.at(-1) + 1, Math.round((most + 1) ** (step / steps)));
    if (least > most) break;
    bounds.push(least);
  }
  return bounds;
};

const switchControl = ({ layer, links, pickLayer, pickLinks }) => {
  const box = h("div", { class: "leaflet-bar map-button layers" });
  const radios = LAYERS.map((name) =>
    h(
      "label",
      {},
      h("input", {
        type: "radio",
        name: "map-layer",
        value: name,
        checked: name === layer,
        "data-key": `layer ${name}`,
        onchange: () => pickLayer(name),
      }),
      h("span", {}, WORDS.layers[name]),
    ),
  );
  const linked = h("input", {
    type: "checkbox",
    checked: links,
    "data-key": "links",
    onchange: () => pickLinks(linked.checked),
  });
  const panel = h(
    "div",
    { class: "layers-panel", id: "layers-panel", hidden: true },
    h("fieldset", {}, h("legend", {}, WORDS.mapShows), radios),
    h("label", { class: "layers-links" }, linked, h("span", {}, WORDS.showLinks)),
  );
  const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [name, value] of Object.entries({ viewBox: "0 0 20 20", width: 18, height: 18, "aria-hidden": "true" })) {
    icon.setAttribute(name, value);
  }
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", "M10 3l7 4l-7 4l-7 -4zM3 10.5l7 4l7 -4M3 14l7 4l7 -4");
  icon.append(line);
  const toggle = h(
    "button",
    {
      type: "button",
      class: "map-layers",
      title: WORDS.mapShows,
      "aria-label": WORDS.mapShows,
      "aria-expanded": "false",
      "aria-controls": "layers-panel",
      "data-key": "layers",
    },
    icon,
  );
  const open = (wanted) => {
    panel.hidden = !wanted;
    toggle.setAttribute("aria-expanded", String(wanted));
    if (wanted) panel.querySelector("input:checked").focus();
  };
  toggle.addEventListener("click", () => open(panel.hidden));
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || panel.hidden) return;
    event.preventDefault();
    event.stopPropagation();
    open(false);
    toggle.focus();
  });
  document.addEventListener("pointerdown", (event) => {
    if (!panel.hidden && !box.contains(event.target)) open(false);
  });
  box.append(toggle, panel);
  return {
    box,
    mark: (name) => {
      for (const radio of panel.querySelectorAll("[name=map-layer]")) radio.checked = radio.value === name;
    },
  };
};

const swatch = (step) => h("span", { class: `swatch swatch-${step}`, "aria-hidden": "true" });

/** `changed()` is called when another layer is picked, or the links are switched. */
export const createLayers = (map, changed) => {
  const state = { layer: "places", links: true };
  const legend = h("section", { class: "map-legend", "aria-label": WORDS.legend, hidden: true });
  const pick = (name) => {
    if (!LAYERS.includes(name) || name === state.layer) return;
    state.layer = name;
    control.mark(name);
    changed();
  };
  const control = switchControl({
    ...state,
    pickLayer: pick,
    pickLinks: (on) => {
      state.links = on;
      changed();
    },
  });
  const add = (box, position) => {
    L.DomEvent.disableClickPropagation(box);
    L.DomEvent.disableScrollPropagation(box);
    new (L.Control.extend({ options: { position }, onAdd: () => box }))().addTo(map);
  };
  add(control.box, "topright");
  add(legend, "bottomleft");
  return {
    get layer() {
      return state.layer;
    },
    get links() {
      return state.links;
    },
    pick,
    /** Show the legend of a layer: its title, a note, and the steps or the two ends of its scale. */
    explain: (told) => {
      legend.hidden = told === null;
      if (told === null) {
        legend.replaceChildren();
        return;
      }
      const { title, note, bounds, ends, rows } = told;
      const parts = [
        h("h2", {}, title),
        bounds
          ? h(
              "ul",
              {},
              bounds.map((least, at) => h("li", {}, swatch(at + 1), h("span", {}, range(least, bounds[at + 1])))),
            )
          : h(
              "p",
              { class: "legend-ramp" },
              h("span", {}, ends[0]),
              h("i", { "aria-hidden": "true" }),
              h("span", {}, ends[1]),
            ),
        note ? h("p", {}, note) : null,
        rows?.length
          ? h(
              "details",
              { class: "legend-rows" },
              h("summary", { "data-key": "legend rows" }, WORDS.asList),
              h(
                "ol",
                {},
                rows.map(([name, amount]) =>
                  h("li", {}, h("span", { dir: "auto" }, name), ` ${count(amount, "passage")}`),
                ),
              ),
            )
          : null,
      ];
      legend.replaceChildren(...parts.filter(Boolean));
    },
  };
};
