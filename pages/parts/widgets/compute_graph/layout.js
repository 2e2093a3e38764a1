// Where the nodes of the graph stand: from left to right, or, where it is narrow, from top to bottom.

const ALONG = [0, 2.1, 3.2, 5.3, 6.4];
export const NODE = { width: 80, height: 62 };
export const WEIGHT = { width: 72, height: 44 };
// Narrower than this the drawing is made smaller as a whole.
export const LEAST = 330;
const NARROW = 600;
const WIDEST = 860;
// How far along a crossing line its weight stands: clear of the node, and of the other weight.
const CROSSING = { upright: 0.28, across: 0.345 };

// The size of the drawing, and the centre of each spot by its name.
export function layout(spots, width) {
  const upright = width < NARROW;
  const size = upright
    ? { width, height: 6.4 * 92 + NODE.height + 8 }
    : { width: Math.min(width, WIDEST), height: 300 };
  const nodes = spots.filter((spot) => !spot.link);
  const centres = {};
  for (const spot of nodes) {
    const alone = nodes.filter((other) => other.layer === spot.layer).length === 1;
    const across = alone ? 0.5 : spot.place === 0 ? 0.24 : 0.76;
    const share = ALONG[spot.layer] / 6.4;
    centres[spot.name] = upright
      ? [across * size.width, NODE.height / 2 + 4 + share * (size.height - NODE.height - 8)]
      : [NODE.width / 2 + 2 + share * (size.width - NODE.width - 4), across * size.height];
  }
  for (const spot of spots.filter((one) => one.link)) {
    const [from, to] = spot.link.map((name) => centres[name]);
    const [start, end] = spot.link.map((name) => nodes.find((node) => node.name === name).place);
    centres[spot.name] = start === end ? beside(from, to, start, upright) : on(from, to, upright);
  }
  return { ...size, upright, centres };
}

// A weight between two nodes of one row stands beside its line, on the outer side.
function beside(from, to, place, upright) {
  const out = place === 0 ? -1 : 1;
  const [x, y] = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
  return upright ? [x + (out * WEIGHT.width) / 2 + out * 2, y] : [x, y + out * (WEIGHT.height / 2 + 3)];
}

// One that crosses stands on its line, nearer to where it comes from: there the lines are apart.
function on(from, to, upright) {
  const share = upright ? CROSSING.upright : CROSSING.across;
  return from.map((start, axis) => start + share * (to[axis] - start));
}
