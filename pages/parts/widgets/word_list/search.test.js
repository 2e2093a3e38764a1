import assert from "node:assert/strict";
import test from "node:test";

import { fitting } from "./search.js";

const entry = (name, other, symbols, meaning) => ({ name, other, symbols, meaning });
const TERMS = [
  entry("vocabulary", "词表", ["V"], "All tokens that a model knows."),
  entry("token", "词元", [], "A piece of text."),
  entry("value", "值", ["v", "V"], "What a token hands over."),
  entry("top-k", "top-k", ["k"], "Drawing only from the k most probable tokens."),
  entry("probability", "概率", ["p"], "How likely something is."),
  entry("loss", "损失", ["−ln p"], "The mean of −ln p."),
];
const found = (typed) => fitting(TERMS, typed).map((one) => one.name);

test("nothing typed finds all, in their order", () => {
  assert.equal(fitting(TERMS, "  ").length, TERMS.length);
});

test("a word is found by both names, and before those that only speak of it", () => {
  assert.deepEqual(found("Token"), ["token", "vocabulary", "value", "top-k"]);
  assert.deepEqual(found("词元"), ["token"]);
  assert.deepEqual(found("ｔｏｋｅｎ")[0], "token");
});

test("a symbol is found as it is written", () => {
  assert.deepEqual(found("V").slice(0, 2), ["vocabulary", "value"]);
  assert.equal(found("v")[0], "value");
  assert.deepEqual(found("−ln p"), ["loss"]);
});

test("whatever is typed is only letters to look for", () => {
  for (const typed of [".*", "(", "[a-z]+", "\\", "$&", "🙂", "x".repeat(10_000), "\u0000", "^"]) {
    assert.deepEqual(found(typed), [], typed);
  }
});

test("ten thousand letters that begin with a word are no word", () => {
  assert.deepEqual(found(`token${" token".repeat(2000)}s`), []);
});
