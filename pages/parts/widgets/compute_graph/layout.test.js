import assert from "node:assert/strict";
import { test } from "node:test";

import { LEAST, layout, NODE, WEIGHT } from "./layout.js";

const node = (name, layer, place) => ({ name, layer, place, link: null });
const weight = (name, from, to) => ({ name, link: [from, to] });
const SPOTS = [
  ...["x1", "x2"].map((name, place) => node(name, 0, place)),
  ...["a1", "a2"].map((name, place) => node(name, 1, place)),
  ...["h1", "h2"].map((name, place) => node(name, 2, place)),
  ...["z1", "z2"].map((name, place) => node(name, 3, place)),
  node("L", 4, 0),
  ...[1, 2].flatMap((to) => [1, 2].map((from) => weight(`w${to}${from}`, `x${from}`, `a${to}`))),
  ...[1, 2].flatMap((to) => [1, 2].map((from) => weight(`v${to}${from}`, `h${from}`, `z${to}`))),
];

for (const width of [LEAST, 400, 599, 600, 760, 1200]) {
  test(`no two boxes lie on one another at ${width} pixels, and all are within`, () => {
    const { centres, width: w, height } = layout(SPOTS, width);
    const boxes = SPOTS.map((spot) => {
      const size = spot.link ? WEIGHT : NODE;
      const [x, y] = centres[spot.name];
      return { name: spot.name, left: x - size.width / 2, top: y - size.height / 2, ...size };
    });
    for (const box of boxes) {
      assert.ok(box.left >= 0 && box.left + box.width <= w, `${box.name} across`);
      assert.ok(box.top >= 0 && box.top + box.height <= height, `${box.name} down`);
    }
    boxes.forEach((one, at) =>
      boxes.slice(at + 1).forEach((other) => {
        const apart =
          one.left + one.width <= other.left ||
          other.left + other.width <= one.left ||
          one.top + one.height <= other.top ||
          other.top + other.height <= one.top;
        assert.ok(apart, `${one.name} on ${other.name}`);
      }),
    );
  });
}
