import assert from "node:assert/strict";
import test from "node:test";

import { stepped } from "./walking.js";

test("arrow keys stop at both ends, and other keys lead nowhere", () => {
  assert.equal(stepped("ArrowRight", 1, 3), 2);
  assert.equal(stepped("ArrowRight", 2, 3), 2);
  assert.equal(stepped("ArrowLeft", 0, 3), 0);
  assert.equal(stepped("End", 0, 3), 2);
  assert.equal(stepped("Home", 2, 3), 0);
  assert.equal(stepped("Enter", 1, 3), null);
});
