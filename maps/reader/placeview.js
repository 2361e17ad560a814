// What is said of one place: its passages, article by article, and why it is placed there.
import { dateline, titleOf } from "./articlesview.js";
import { citation, copyButton, linkTo } from "./copying.js";
import { h, lazyList, moves } from "./dom.js";
import { filterChips } from "./filtersview.js";
import { surface, whereabouts } from "./model.js";
import { articleHash } from "./route.js";
import { shape } from "./shapes.js";
import { directionOf, neighbours, stretches } from "./text.js";
import {
  count,
  kindOf,
  LIKELY,
  number,
  passagesInArticles,
  put,
  ROLE_NAMES,
  ROLES,
  scored,
  scoredFrom,
  WORDS,
} from "./words.js";

const coordinates = ({ lat, lon }) =>
  `${Math.abs(lat).toFixed(2)}° ${lat < 0 ? "S" : "N"}, ${Math.abs(lon).toFixed(2)}° ${lon < 0 ? "W" : "E"}`;

const where = (candidate) =>
  [candidate.name, candidate.admin1, candidate.countryName]
    .filter((part, at, all) => part && all.indexOf(part) === at)
    .join(", ");

/** The reason, the score and the runners-up of one mention. */
const why = (model, mention, ghosts) => {
  const runnersUp = model.runnersUpOf(mention);
  let shown = false;
  const onMap = h("button", { class: "link", type: "button" }, WORDS.showOnMap);
  onMap.addEventListener("click", () => {
    shown = !shown;
    ghosts(shown ? runnersUp : []);
    onMap.textContent = shown ? WORDS.hideOnMap : WORDS.showOnMap;
  });
  return h(
    "div",
    { class: "why" },
    h("p", {}, model.reasonOf(mention) || WORDS.noReason),
    h("p", { class: "why-score" }, put(WORDS.thisPlace, scored(mention.score))),
    runnersUp.length
      ? [
          h("p", { class: "why-others" }, WORDS.runnersUp, " ", onMap),
          h(
            "ul",
            {},
            runnersUp.map((one) =>
              h("li", {}, h("span", { dir: "auto" }, where(one)), h("span", { class: "tally" }, one.score.toFixed(2))),
            ),
          ),
        ]
      : h("p", { class: "why-others" }, WORDS.noRunnersUp),
  );
};

const disclosure = (label, key, make) => {
  const details = h("details", { class: "disclosure" }, h("summary", { "data-key": key }, label));
  details.addEventListener("toggle", () => details.append(make()), { once: true });
  return details;
};

const sentence = (passage) => {
  const { article, start, end, mentions } = passage;
  const { before, after } = neighbours(article.text, start, end);
  return h(
    "p",
    { class: "passage-text", dir: "auto", lang: article.language || null },
    before ? h("span", { class: "neighbour" }, `${before} `) : null,
    stretches(start, end, mentions).map((piece) => {
      const text = article.text.slice(piece.start, piece.end);
      return piece.span ? h("mark", {}, text) : text;
    }),
    after ? h("span", { class: "neighbour" }, ` ${after}`) : null,
  );
};

const passageCard = ({ model, ghosts, say }, passage, nth, opensArticle) => {
  const [mention] = passage.mentions;
  const roles = ROLES.filter((_, role) => role > 0 && passage.roles & (1 << role));
  const unsure = Math.max(...passage.mentions.map((one) => one.score)) < LIKELY;
  return h(
    "li",
    // The rule at its side and its own line follow the text.
    { class: "passage-item", dir: directionOf(passage.article.text) },
    opensArticle
      ? h(
          "header",
          { class: "passage-article" },
          h(
            "h2",
            { dir: "auto" },
            h("a", { href: articleHash(passage.article), "data-key": `title ${nth}` }, titleOf(passage.article)),
          ),
          h("p", { class: "meta" }, dateline(passage.article)),
        )
      : null,
    h(
      "article",
      { class: "passage", "data-passage": nth, tabindex: "-1" },
      sentence(passage),
      h(
        "footer",
        { class: "passage-foot" },
        roles.map(({ name, more }) => h("span", { class: "tag", title: more }, name.toLowerCase())),
        unsure ? h("span", { class: "tag tag-unsure" }, WORDS.uncertain) : null,
        passage.fresh ? h("span", { class: "tag tag-new" }, WORDS.newTag) : null,
        h(
          "a",
          { class: "read", href: articleHash(passage.article, mention.start), "data-key": `read ${nth}` },
          WORDS.readArticle,
        ),
        disclosure(WORDS.whyHere, `why ${nth}`, () => why(model, mention, ghosts)),
        h(
          "span",
          { class: "copies" },
          copyButton(WORDS.link, WORDS.copyLink, `link ${nth}`, () => linkTo(passage), say),
          copyButton(WORDS.citation, WORDS.copyCitation, `cite ${nth}`, () => citation(passage), say),
        ),
      ),
    ),
  );
};

/** Which passages to show: those let through; all where none is, or where one of the others is asked for. */
const passagesFor = (state, place, { article, at, all }) => {
  const fitting = state.passages(place);
  const isAsked = (one) => one.article.id === article && one.start === at;
  const passages = fitting.length && !all && (article === null || fitting.some(isAsked)) ? fitting : place.passages;
  return { passages, asked: article === null ? -1 : passages.findIndex(isAsked) };
};

export const placeView = ({ model, state, root, ghosts, locate, amend, wanted, arrived, say, widen }, place) => {
  const { passages, asked } = passagesFor(state, place, wanted);
  const isFiltered = passages.every((passage) => passage.shown);
  const hidden = place.passages.filter((passage) => !passages.includes(passage));
  // Of what is hidden, some names the place in a role that is off, and some is filtered out.
  const inOtherRoles = hidden.filter((one) => !(one.roles & state.filters.roles));
  const outside = hidden.length - inOtherRoles.length;
  const articles = new Set(passages.map((passage) => passage.article)).size;
  const list = h("ol", { class: "passages" });
  const reach = lazyList(
    list,
    passages,
    (passage, at) =>
      passageCard({ model, ghosts, say }, passage, at + 1, passage.article !== passages[at - 1]?.article),
    root,
  );
  let current = 0;
  const position = h("span", { class: "position", "aria-live": "polite" });
  const previous = h(
    "button",
    { class: "step", type: "button", "aria-label": WORDS.previous, "data-key": "previous" },
    "‹",
  );
  const next = h("button", { class: "step", type: "button", "aria-label": WORDS.next, "data-key": "next" }, "›");
  const mark = () => {
    position.textContent = put(WORDS.of, number(current + 1), number(passages.length));
    previous.disabled = current === 0;
    next.disabled = current >= passages.length - 1;
    for (const old of list.querySelectorAll('[aria-current="true"]')) old.removeAttribute("aria-current");
    reach(current)?.querySelector(".passage").setAttribute("aria-current", "true");
  };
  const step = (to, scroll = true) => {
    if (to < 0 || to >= passages.length) return;
    current = to;
    mark();
    amend(place, current + 1);
    if (scroll) reach(current).scrollIntoView({ block: "start", behavior: moves() ? "smooth" : "auto" });
  };
  previous.addEventListener("click", () => step(current - 1));
  next.addEventListener("click", () => step(current + 1));
  const hiddenRoles = ROLES.map((_, role) => role).filter(
    (role) => !state.has(role) && inOtherRoles.some((one) => one.roles & (1 << role)),
  );
  const kind = [kindOf(place), whereabouts(place)].filter(Boolean).join(" · ");
  const counted = passages.flatMap((one) => one.mentions).filter((one) => !isFiltered || one.fails === 0);
  const best = counted.reduce((a, b) => (b.score > a.score ? b : a));
  const least = Math.min(...counted.map((one) => one.score));
  // Not the names of its people.
  const spoken = place.mentions.filter((mention) => ROLE_NAMES[mention.role] !== "demonym");
  const names = [...new Set(spoken.map(surface))].filter((name) => name !== place.name);

  const element = h(
    "div",
    { class: "view view-place" },
    h(
      "header",
      { class: "place-head" },
      h("h1", { class: "place-name", tabindex: "-1", dir: "auto" }, place.name),
      h("p", { class: "place-kind" }, `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`),
      h(
        "p",
        { class: "meta" },
        h("span", {}, coordinates(place)),
        place.population ? h("span", {}, put(WORDS.population, number(place.population))) : null,
        h("button", { class: "link", type: "button", "data-key": "locate", onclick: locate }, WORDS.showOnMap),
      ),
      names.length
        ? h("p", { class: "meta" }, h("span", { dir: "auto" }, put(WORDS.alsoWritten, names.slice(0, 8).join(", "))))
        : null,
      disclosure(
        h("span", {}, `${WORDS.whyHere} `, h("span", { class: "why-brief" }, scoredFrom(least, best.score))),
        "why",
        () =>
          h(
            "div",
            {},
            least < best.score ? h("p", { class: "meta" }, WORDS.surest) : null,
            why(model, best, ghosts),
            h("p", { class: "meta" }, `${WORDS.source}: ${place.source}, ${place.licence} (${place.id})`),
          ),
      ),
    ),
    filterChips(model, state).element,
    state.active().length && !place.shown.passages ? h("p", { class: "notice" }, WORDS.noneFits) : null,
    h(
      "div",
      { class: "stepper" },
      h("span", { class: "stepper-count" }, passagesInArticles(passages.length, articles)),
      passages.length > 1 ? h("span", { class: "stepper-steps" }, previous, position, next) : null,
    ),
    list,
    outside > 0
      ? h(
          "p",
          { class: "more-roles" },
          `${put(WORDS.filteredOut, count(outside, "more passage"))} `,
          h("button", { class: "switch-on", type: "button", "data-key": "widen", onclick: widen }, WORDS.showThem),
        )
      : null,
    hiddenRoles.length
      ? h(
          "p",
          { class: "more-roles" },
          `${put(WORDS.otherwise, count(inOtherRoles.length, "more passage"))} `,
          hiddenRoles.map((role) =>
            h(
              "button",
              {
                class: "switch-on",
                type: "button",
                "data-key": `switch ${role}`,
                onclick: () => state.toggle(role, true),
              },
              shape({ role, radius: 4.5, size: 16 }),
              put(WORDS.showRole, ROLES[role].name.toLowerCase()),
            ),
          ),
        )
      : null,
  );
  current = asked >= 0 ? asked : Math.min(Math.max(wanted.n - 1, 0), passages.length - 1);
  mark();
  if (current > 0) arrived(() => reach(current).scrollIntoView({ block: "start" }));
  return { element, step: (by) => step(current + by), made: () => reach.made(), reach: (amount) => reach(amount - 1) };
};
