import assert from "node:assert/strict";
import { test } from "node:test";

import { decoded, digits, fiveDigits, paint } from "./numbers.js";

test("cells have two decimals, large numbers an exponent, and what is none is said", () => {
  assert.equal(digits(-0.125), "−0.12");
  assert.equal(digits(-0.004), "0.00");
  assert.equal(digits(1234.4), "1234");
  assert.equal(digits(-1.26e7), "−1.3·10⁷");
  assert.equal(digits(Infinity), "∞");
  assert.equal(digits(-Infinity), "−∞");
  assert.equal(digits(NaN), "–");
});

test("under the cursor there are five digits", () => {
  assert.equal(fiveDigits(-1 / 3), "−0.33333");
  assert.equal(fiveDigits(2), "2");
  assert.equal(fiveDigits(-Infinity), "−∞");
  assert.equal(fiveDigits(-2.2e-16), "≈ 0");
  assert.equal(fiveDigits(0.00001234567), "0.000012346");
  assert.equal(fiveDigits(1.23e12), "1.2·10¹²");
});

test("a matrix arrives as doubles, floats or bits", () => {
  const written = (array) => Buffer.from(array.buffer).toString("base64");
  assert.deepEqual([...decoded(written(Float64Array.of(0.1, -2)), 64)], [0.1, -2]);
  assert.deepEqual([...decoded(written(Float32Array.of(0.5, -2)), 32)], [0.5, -2]);
  assert.deepEqual([...decoded(written(Uint8Array.of(160)), 1)], [160]);
});

test("a value has its place between low and high; a matrix of one value the middle", () => {
  const matrix = { low: -1, high: 1, paints: Array.from({ length: 256 }, (_, i) => i) };
  assert.deepEqual([-9, -1, 1, 9].map((value) => paint(matrix, value)), [0, 0, 255, 255]);
  assert.equal(paint({ ...matrix, low: 2, high: 2 }, 2), 128);
});
