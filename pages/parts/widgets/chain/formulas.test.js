import assert from "node:assert/strict";
import { test } from "node:test";

import { FORMULAS } from "./formulas.js";

const TAG = /<(\/?)(\w+)([^<>]*)>/g;

test("every formula is well-formed", () => {
  for (const [name, text] of Object.entries(FORMULAS)) {
    const open = [];
    for (const [, close, tag] of text.matchAll(TAG)) {
      if (!close) open.push(tag);
      else assert.equal(open.pop(), tag, name);
    }
    assert.deepEqual(open, [], name);
    assert.doesNotMatch(text, /undefined|NaN|\[object/, name);
  }
});

test("a base has as many indices as its element takes", () => {
  const CHILDREN = { msub: 2, msup: 2, mfrac: 2, munder: 2 };
  for (const [name, text] of Object.entries(FORMULAS)) {
    const counts = [0];
    for (const [, close, tag] of text.matchAll(TAG)) {
      if (!close) {
        counts[counts.length - 1] += 1;
        counts.push(0);
      } else {
        const count = counts.pop();
        if (tag in CHILDREN) assert.equal(count, CHILDREN[tag], `${tag} of ${name}`);
      }
    }
  }
});
