import assert from "node:assert/strict";
import { test } from "node:test";

import { blockOf } from "./pasted.js";

const BLOCK = [["1", "-2"], ["0.5", "3/4"]];

test("a block comes from a spreadsheet, from NumPy or from a program", () => {
  assert.deepEqual(blockOf("1\t-2\r\n0.5\t3/4\r\n"), BLOCK);
  assert.deepEqual(blockOf("[[ 1  -2 ]\n [ 0.5 3/4]]"), BLOCK);
  assert.deepEqual(blockOf("[[1, -2], [0.5, 3/4]]".replace("], [", "];[")), BLOCK);
  assert.deepEqual(blockOf("1 , -2 ; 0.5 , 3/4"), BLOCK);
});

test("one number is a block of one, nothing is none", () => {
  assert.deepEqual(blockOf(" 7 "), [["7"]]);
  assert.deepEqual(blockOf(" \n "), []);
});

test("numbers in a spreadsheet may have spaces in them", () => {
  assert.deepEqual(blockOf("1 1/2\t 2 \n"), [["1 1/2", "2"]]);
});
