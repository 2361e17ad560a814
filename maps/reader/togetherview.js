// The places that one mark on the map stands for, because they lie close together.
import { h, lazyList } from "./dom.js";
import { placeRow } from "./placesview.js";
import { byName, count, WORDS } from "./words.js";

export const togetherView = ({ root, light, fit }, places) => {
  const shown = places.filter((place) => place.shown.passages > 0);
  const list = h("ul", { class: "rows rows-together" });
  const ordered = [...shown].sort((a, b) => b.shown.passages - a.shown.passages || byName(a.name, b.name));
  lazyList(list, ordered, (place) => placeRow(place, light), root);
  return {
    element: h(
      "div",
      { class: "view view-together" },
      h("h1", { class: "place-name", tabindex: "-1" }, count(shown.length, "place")),
      h(
        "p",
        { class: "meta" },
        h("span", {}, WORDS.together),
        h("button", { class: "link", type: "button", "data-key": "apart", onclick: () => fit(shown) }, WORDS.apart),
      ),
      list,
    ),
  };
};
