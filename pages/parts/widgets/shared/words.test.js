import assert from "node:assert/strict";
import { test } from "node:test";

import { filled, short } from "./words.js";

test("words are put where they are named; a learner's braces are no names", () => {
  assert.equal(filled("{row} → {column}", { row: "{column}", column: "$&" }), "{column} → $&");
  assert.equal(filled("{row}, {other}, {constructor}", { row: "a" }), "a, {other}, {constructor}");
});

test("a word that is too long ends in a sign for the rest", () => {
  assert.equal(short("attention", 9), "attention");
  assert.equal(short("attentions", 9), "attentio…");
});
