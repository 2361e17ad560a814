// The divisions of a country as faces of the net that its outline and its inner borders make.

const key = (x, y) => `${x},${y}`;

/** Whether a point lies within a ring of [x, y, x, y, …] (even-odd rule). */
export const within = (ring, x, y) => {
  let inside = false;
  for (let at = 0, before = ring.length - 2; at < ring.length; before = at, at += 2) {
    const [x1, y1, x2, y2] = [ring[at], ring[at + 1], ring[before], ring[before + 1]];
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
  }
  return inside;
};

/** Twice the area of a ring, positive for one that turns clockwise on the screen (y goes down). */
export const turned = (ring) => {
  let sum = 0;
  for (let at = 0, before = ring.length - 2; at < ring.length; before = at, at += 2) {
    sum += ring[before] * ring[at + 1] - ring[at] * ring[before + 1];
  }
  return sum;
};

/**
 * The faces of a planar net of lines, each [x, y, x, y, …] with its ends on other lines' ends;
 * as {points, size}, the largest first. Face by face, one walks along each line on either side
 * and at each end takes the next line to the left (de Berg et al., "Computational Geometry",
 * 2008, section 2.2). What lies around the whole net is left out.
 */
export const facesOf = (lines) => {
  const halves = [];
  const leaving = new Map();
  const add = (line, backwards) => {
    const last = line.length - 2;
    const [from, next, to] = backwards ? [last, last - 2, 0] : [0, 2, last];
    const half = {
      line,
      backwards,
      start: key(line[from], line[from + 1]),
      end: key(line[to], line[to + 1]),
      angle: Math.atan2(line[next + 1] - line[from + 1], line[next] - line[from]),
      walked: false,
    };
    if (!leaving.has(half.start)) leaving.set(half.start, []);
    leaving.get(half.start).push(half);
    halves.push(half);
    return half;
  };
  for (const line of lines) {
    const [there, back] = [add(line, false), add(line, true)];
    there.twin = back;
    back.twin = there;
  }
  for (const all of leaving.values()) all.sort((a, b) => a.angle - b.angle);
  const after = (half) => {
    const all = leaving.get(half.end);
    return all[(all.indexOf(half.twin) + all.length - 1) % all.length];
  };
  const faces = [];
  for (const first of halves) {
    if (first.walked) continue;
    const points = [];
    for (let half = first; !half.walked; half = after(half)) {
      half.walked = true;
      const { line, backwards } = half;
      for (let step = 0; step < line.length - 2; step += 2) {
        const at = backwards ? line.length - 2 - step : step;
        points.push(line[at], line[at + 1]);
      }
    }
    const size = turned(points);
    if (size > 0) faces.push({ points: Float64Array.from(points), size });
  }
  return faces.sort((a, b) => b.size - a.size);
};
