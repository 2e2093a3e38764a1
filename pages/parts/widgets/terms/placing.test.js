import assert from "node:assert/strict";
import test from "node:test";

import { placed } from "./placing.js";

const room = { width: 400, height: 800 };
const size = { width: 300, height: 120 };
const line = (left, top) => ({ left, top, bottom: top + 20 });

test("a card stands under its word", () => {
  assert.deepEqual(placed(line(40, 100), size, room), { left: 40, top: 126 });
});

test("near the lower edge it stands over it", () => {
  assert.deepEqual(placed(line(40, 700), size, room), { left: 40, top: 574 });
});

test("it never leaves the window, wherever the word is and however small the window", () => {
  for (const left of [-50, 0, 200, 399]) {
    for (const top of [-10, 0, 60, 300, 790]) {
      for (const height of [100, 200, 800]) {
        const found = placed(line(left, top), size, { width: 400, height });
        assert.ok(found.left >= 8 && found.left + size.width <= 392, `${left}`);
        assert.ok(found.top >= 8, `${top} ${height}`);
        assert.ok(height < 136 || found.top + size.height <= height - 8, `${top} ${height}`);
      }
    }
  }
});
