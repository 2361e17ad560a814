// Making elements. Text goes in as text nodes on every path, never as markup.

const fill = (element, properties, children) => {
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(
    ...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false),
  );
  return element;
};

export const h = (tag, properties = {}, ...children) => fill(document.createElement(tag), properties, children);

export const svg = (tag, properties = {}, ...children) =>
  fill(document.createElementNS("http://www.w3.org/2000/svg", tag), properties, children);

// How many items of a list are made at once; the next ones when the end comes into sight.
const CHUNK = 40;

/**
 * Fill `container` with `items`, made by `make(item, index)`, as far as they are looked at.
 * Returns `reach(index)`, which makes all up to that one and returns its element; its `made()`
 * tells how many there are.
 */
export const lazyList = (container, items, make, root) => {
  const made = [];
  const sentinel = h("div", { class: "sentinel", "aria-hidden": "true" });
  const makeUpTo = (end) => {
    const fragment = document.createDocumentFragment();
    for (const limit = Math.min(end, items.length); made.length < limit; ) {
      const element = make(items[made.length], made.length);
      made.push(element);
      fragment.append(element);
    }
    sentinel.before(fragment);
    if (made.length >= items.length) {
      observer?.disconnect();
      sentinel.remove();
    }
  };
  let observer = null;
  container.append(sentinel);
  makeUpTo(CHUNK);
  if (made.length < items.length) {
    observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        makeUpTo(made.length + CHUNK);
        // Look again: the end may still be in sight, which is no new crossing.
        observer.unobserve(sentinel);
        if (made.length < items.length) observer.observe(sentinel);
      },
      { root, rootMargin: "600px" },
    );
    observer.observe(sentinel);
  }
  const reach = (index) => {
    makeUpTo(index + 1);
    return made[index];
  };
  reach.made = () => made.length;
  return reach;
};

export const whenIdle = (milliseconds, work) => {
  let timer = 0;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => work(...given), milliseconds);
  };
};

export const moves = () => !matchMedia("(prefers-reduced-motion: reduce)").matches;
