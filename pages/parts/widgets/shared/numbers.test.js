import assert from "node:assert/strict";
import { test } from "node:test";

import { precise, signed, twoDecimals } from "./numbers.js";

test("a tie goes to the even digit, as Python rounds it", () => {
  const ties = { 0.125: "0.12", 0.375: "0.38", 0.625: "0.62", 0.875: "0.88", 2.125: "2.12" };
  for (const [value, text] of Object.entries(ties)) assert.equal(twoDecimals(Number(value)), text);
});

test("what only looks like a tie is rounded by what it is", () => {
  assert.equal(twoDecimals(2.675), "2.67");
  assert.equal(twoDecimals(1.005), "1.00");
  assert.equal(twoDecimals(0.135), "0.14");
});

test("a thousand and more have no decimals", () => {
  assert.equal(twoDecimals(999.994), "999.99");
  assert.equal(twoDecimals(1000.4), "1000");
});

test("a small number keeps two significant digits: it is never said to be nothing", () => {
  assert.equal(precise(0), "0.00");
  assert.equal(precise(0.01), "0.01");
  assert.equal(precise(0.00999), "0.01");
  assert.equal(precise(-0.001234), "−0.0012");
  assert.equal(precise(1.5e-6), "0.0000015");
  assert.equal(precise(-1.5e-7), "≈ 0");
});

test("nothing has no sign", () => {
  assert.equal(signed(-0.001, "0.00"), "0.00");
  assert.equal(signed(-3, "3.00"), "−3.00");
});
