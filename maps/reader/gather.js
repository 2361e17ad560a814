// Marks that would overlap, gathered into one: a rule of the screen alone, the same every time.

// More rows than the world has at any zoom, so that a column and a row make one number.
const ROWS = 2 ** 20;

/** The nearest of the groups beside `at` in the grid that leave `group` no room of its own; null for none. */
const nearestOf = (group, at, grid, apart) => {
  let nearest = null;
  let least = Infinity;
  for (let column = -ROWS; column <= ROWS; column += ROWS) {
    for (let row = -1; row <= 1; row += 1) {
      const near = grid.get(at + column + row);
      if (!near) continue;
      for (const other of near) {
        const distance = Math.sqrt((other.x - group.x) ** 2 + (other.y - group.y) ** 2);
        if (distance < Math.max(apart, group.radius + other.radius) && distance < least) {
          nearest = other;
          least = distance;
        }
      }
    }
  }
  return nearest;
};

/**
 * Gather points whose marks would touch, or be too close to be pressed apart.
 *
 * `points` are {item, x, y, weight} in pixels; `radiusOf(weight, amount)` is the radius of a
 * mark that stands for so many; `apart` the least distance between two; `widest` the largest
 * that radius can be. Returns groups {items, x, y, weight}, the heaviest first. Each stands
 * where its heaviest point is, and grows by what it gathers until no two marks overlap.
 */
export const gather = (points, { radiusOf, apart, widest }) => {
  const cell = Math.max(apart, 2 * widest);
  const heaviestFirst = (a, b) => b.weight - a.weight || a.order - b.order;
  let groups = points
    .map(({ item, x, y, weight }, order) => ({ items: [item], x, y, weight, order, radius: radiusOf(weight, 1) }))
    .sort(heaviestFirst);
  for (let before = Infinity; groups.length < before; ) {
    before = groups.length;
    const kept = [];
    const grid = new Map();
    for (const group of groups) {
      const at = Math.floor(group.x / cell) * ROWS + Math.floor(group.y / cell);
      const nearest = nearestOf(group, at, grid, apart);
      if (nearest) {
        for (const item of group.items) nearest.items.push(item);
        nearest.weight += group.weight;
        nearest.radius = radiusOf(nearest.weight, nearest.items.length);
        continue;
      }
      kept.push(group);
      const cellmates = grid.get(at);
      if (cellmates) cellmates.push(group);
      else grid.set(at, [group]);
    }
    groups = kept.sort(heaviestFirst);
  }
  return groups;
};
