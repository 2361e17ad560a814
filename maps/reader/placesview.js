// The list of places: a tree of countries, regions and places with counts, and what the texts say.
import { articleHit } from "./articlesview.js";
import { h, lazyList } from "./dom.js";
import { downloads } from "./download.js";
import { listHead, roleSwitches } from "./head.js";
import { fold, isCountry, spellings } from "./model.js";
import { rowsOf, SORTS, treeOf } from "./placestree.js";
import { placeHash } from "./route.js";
import { articlesThatSay } from "./search.js";
import { shape, stepFor } from "./shapes.js";
import { unresolvedNames } from "./unresolvedview.js";
import { count, kindOf, nounFor, number, put, shortDate, WORDS } from "./words.js";

const GLYPH = 20;

const glyph = (place) => {
  const { role, score } = place.shown;
  const literalArea = role === 0 && place.area;
  return literalArea
    ? h("span", {
        class: `glyph ${isCountry(place) ? "wash" : "scale"}-${stepFor(place.shown.passages)}`,
        "aria-hidden": "true",
      })
    : shape({ role: Math.max(role, 0), score, radius: 5, size: GLYPH });
};

/** What a row counts: by the order in which the rows stand. */
const amount = (shown, sort) => {
  if (sort === "date") return h("span", { class: "row-count" }, shown.newest ? shortDate(shown.newest) : WORDS.undated);
  const [counted, noun] = sort === "articles" ? [shown.articles, "article"] : [shown.passages, "passage"];
  return h(
    "span",
    { class: "row-count" },
    number(counted),
    h("span", { class: "unseen" }, ` ${nounFor(counted, noun)}`),
  );
};

/** One place of a list, as a link to its passages. */
export const placeRow = (place, light, { sort = "passages", shown = place.shown, within = false } = {}) =>
  h(
    "li",
    {},
    h(
      "a",
      {
        class: "row",
        href: placeHash(place),
        "data-place": place.index,
        "data-key": `place ${place.id}`,
        onmouseenter: () => light(place),
        onmouseleave: () => light(null),
        onfocus: () => light(place),
        onblur: () => light(null),
      },
      glyph(place),
      h("span", { class: "row-name", dir: "auto" }, place.name),
      h(
        "span",
        { class: "row-more" },
        isCountry(place) || within
          ? kindOf(place)
          : [kindOf(place), place.admin1 === place.name ? "" : place.admin1].filter(Boolean).join(", "),
        place.fresh ? h("span", { class: "tag tag-new" }, WORDS.newTag) : null,
      ),
      amount(shown, sort),
    ),
  );

// Names of countries and regions can be folded away with what lies under them.
const foldButton = (key, name, state, again, className, label = null) =>
  h(
    "button",
    {
      class: `fold ${className}`,
      type: "button",
      "aria-expanded": String(!state.folded.has(key)),
      "aria-label": label,
      "data-key": `fold ${key}`,
      onclick: () => {
        if (!state.folded.delete(key)) state.folded.add(key);
        again();
      },
    },
    h("span", { class: "fold-sign", "aria-hidden": "true" }),
    h("span", { dir: "auto" }, name),
  );

export const placesView = (given) => {
  const { model, state, root, light, say, reorder } = given;
  const list = h("div", { class: "places" });
  const texts = h("section", { class: "texts" });
  let found = 0;
  let tree = [];
  let reach = null;

  const matching = () => {
    const wanted = fold(state.query);
    return model.places.filter((place) => place.shown.passages > 0 && (!wanted || spellings(place).includes(wanted)));
  };

  const why = (known) =>
    !known
      ? `${WORDS.noPlace} ${WORDS.noPlaceMore}`
      : state.query.trim()
        ? WORDS.nothingFound
        : state.active().some((field) => field !== "roles")
          ? WORDS.noneLeft
          : WORDS.noneOfRole;

  const country = ({ country: { key, name, shown } }) => {
    const rows = h("ul", { class: "rows" });
    return {
      rows,
      element: h(
        "section",
        { class: "country" },
        h(
          "h2",
          { class: "country-name" },
          foldButton(key, name, state, refold, "fold-country"),
          amount(shown, state.sort),
        ),
        rows,
      ),
    };
  };

  const region = ({ region: { key, name, head, shown } }) =>
    h(
      "li",
      { class: "region" },
      // A region that is a place is a link with the fold beside it, else the fold itself has its name.
      head
        ? foldButton(key, "", state, refold, "fold-beside", put(WORDS.placesIn, name))
        : foldButton(key, name, state, refold, "fold-region"),
      head
        ? h("ul", { class: "rows" }, placeRow(head, light, { sort: state.sort, shown, within: true }))
        : h("span", { class: "region-amount" }, amount(shown, state.sort)),
    );

  const show = () => {
    list.replaceChildren();
    // One flat run of headings and rows, so that it can be made bit by bit.
    let rows = null;
    reach = lazyList(
      list,
      rowsOf(tree, state.folded),
      (item) => {
        if (item.kind === "country") {
          const made = country(item);
          rows = made.rows;
          return made.element;
        }
        if (item.kind === "region") rows.append(region(item));
        else {
          const row = placeRow(item.place, light, { sort: state.sort, within: item.depth > 0 });
          if (item.depth) row.className = "within";
          rows.append(row);
        }
        return document.createDocumentFragment();
      },
      root,
    );
  };

  const refold = () => {
    const key = document.activeElement?.dataset?.key;
    const { scrollTop } = root;
    show();
    root.scrollTop = scrollTop;
    if (key)
      [...list.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key)?.focus({ preventScroll: true });
    foldAll.textContent = state.folded.size ? WORDS.unfoldAll : WORDS.foldAll;
  };

  const showTexts = () => {
    const query = state.query.trim();
    const articles = query
      ? articlesThatSay(
          model.byDate.filter((article) => article.shown),
          query,
        )
      : [];
    texts.replaceChildren();
    texts.hidden = !articles.length;
    if (!articles.length) return 0;
    const rows = h("ul", { class: "articles" });
    texts.append(
      h(
        "h2",
        { class: "country-name" },
        h("span", {}, WORDS.inTheText),
        h("span", { class: "tally" }, count(articles.length, "article")),
      ),
      h(
        "button",
        { class: "link", type: "button", "data-key": "only these", onclick: () => given.keep(query) },
        WORDS.onlyThese,
      ),
      rows,
    );
    lazyList(rows, articles, (article) => articleHit(article, query), root);
    return articles.length;
  };

  const fill = () => {
    const known = model.places.some((place) => place.passages.length > 0);
    const shown = matching();
    found = shown.length;
    tree = treeOf(shown, state.sort);
    show();
    const inTexts = showTexts();
    if (!shown.length && !inTexts) list.append(h("p", { class: "notice" }, why(known)));
    bar.hidden = shown.length < 2;
    unresolved.refresh();
    return inTexts;
  };

  const sorts = h(
    "select",
    {
      class: "sort",
      "data-key": "sort",
      onchange: (event) => {
        state.sort = event.target.value;
        reorder();
        fill();
      },
    },
    SORTS.map((sort) => h("option", { value: sort, selected: sort === state.sort }, WORDS.sorts[sort])),
  );
  const foldAll = h(
    "button",
    {
      class: "link",
      type: "button",
      "data-key": "fold all",
      onclick: () => {
        if (state.folded.size) state.folded.clear();
        else for (const { key } of tree) state.folded.add(key);
        refold();
      },
    },
    state.folded.size ? WORDS.unfoldAll : WORDS.foldAll,
  );
  const bar = h("div", { class: "listing" }, h("label", { class: "sort-by" }, `${WORDS.sort} `, sorts), foldAll);
  const unresolved = unresolvedNames(model);

  const search = () => {
    const inTexts = fill();
    const told = [
      found ? count(found, "place") : "",
      inTexts ? `${WORDS.inTheText}: ${count(inTexts, "article")}` : "",
    ];
    say(told.filter(Boolean).join(". ") || WORDS.nothingFound);
  };
  const head = listHead(given, { active: "places", placeholder: WORDS.search, search });
  const roles = roleSwitches(model, state);
  fill();
  return {
    element: h(
      "div",
      { class: "view view-places" },
      head.element,
      roles.element,
      bar,
      list,
      texts,
      h(
        "footer",
        { class: "foot" },
        unresolved.element,
        downloads(model),
        h("p", {}, h("a", { href: "#about=", "data-key": "about" }, WORDS.about)),
      ),
    ),
    made: () => reach.made(),
    reach: (amount) => reach(amount - 1),
    refresh: () => {
      head.refresh();
      roles.refresh();
      fill();
    },
  };
};
