import assert from "node:assert/strict";
import { test } from "node:test";

import { brackets, codePoints, led, stretches } from "./brackets.js";

test("whole characters stand alone, parts of one together", () => {
  assert.deepEqual(brackets([["a", 0, 1], ["b", 1, 2]]), [[0], [1]]);
  assert.deepEqual(brackets([["<F0>", 0, 1], ["<9F>", 0, 1], ["a", 1, 2]]), [[0, 1], [2]]);
  assert.deepEqual(brackets([["a<E4>", 0, 2], ["<BD A0>b", 1, 3], ["c", 3, 4]]), [[0, 1], [2]]);
  assert.deepEqual(brackets([]), []);
});

test("what runs the other way stands together, with the space within it", () => {
  assert.deepEqual(stretches(["in", "␣", "ق", "␣", "ة", "!"], "ltr"), [["ltr", 0, 2], ["rtl", 2, 5], ["ltr", 5, 6]]);
  assert.deepEqual(stretches(["ق", "␣", "cat", "."], "rtl"), [["rtl", 0, 2], ["ltr", 2, 3], ["rtl", 3, 4]]);
  assert.deepEqual(stretches([], "ltr"), []);
});

test("a family is five code points", () => {
  assert.deepEqual(codePoints("👨‍👩‍👧"), ["U+1F468", "U+200D", "U+1F469", "U+200D", "U+1F467"]);
});

test("arrow keys go where they point, also from right to left", () => {
  assert.equal(led("ArrowRight", 1, 3, false), 2);
  assert.equal(led("ArrowRight", 1, 3, true), 0);
  assert.equal(led("ArrowRight", 2, 3, false), 2);
  assert.equal(led("End", 0, 3, false), 2);
  assert.equal(led("a", 0, 3, false), null);
});
