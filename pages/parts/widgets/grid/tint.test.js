import assert from "node:assert/strict";
import { test } from "node:test";

import { tint } from "./tint.js";

const COLOURS = { plus: "#aabbcc", minus: "#112233" };

test("the larger the number, the stronger its tint; its sign says which", () => {
  assert.equal(tint(1, COLOURS), "#aabbcc5c");
  assert.equal(tint(-0.5, COLOURS), "#1122332e");
  assert.equal(tint(0.01, COLOURS), "#aabbcc01");
  assert.equal(tint(0, COLOURS), "transparent");
});
