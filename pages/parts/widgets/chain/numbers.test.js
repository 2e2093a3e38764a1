import assert from "node:assert/strict";
import { test } from "node:test";

import { brightness } from "../shared/colours.js";
import { decoded, digits, fiveDigits, paint, paints } from "./numbers.js";

const STOPS = [
  [0, "#ffffff"],
  [0.5, "#808080"],
  [1, "#000000"],
];

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

test("a scale runs from its first stop to its last by way of those between", () => {
  const colours = paints(STOPS);
  assert.equal(colours.length, 256);
  assert.equal(colours[0].css, "rgb(255,255,255)");
  assert.equal(colours[255].css, "rgb(0,0,0)");
  assert.equal(colours[0].word, 0xffffffff);
  assert.equal(colours[255].word, 0xff000000);
  const reds = colours.map(({ css }) => Number(css.match(/\d+/)[0]));
  assert.ok(reds.every((red, i) => i === 0 || red <= reds[i - 1]));
});

test("digits can be read on their colour", () => {
  for (const { css, ink } of paints(STOPS)) {
    const paper = brightness(css.match(/\d+/g).map(Number)) + 0.05;
    const pen = ink === "#FFFFFF" ? 1.05 : brightness([0x23, 0x22, 0x2b]) + 0.05;
    assert.ok(Math.max(paper, pen) / Math.min(paper, pen) >= 3.4, `${ink} on ${css}`);
  }
});

test("a value has its place between low and high; a matrix of one value the middle", () => {
  const matrix = { low: -1, high: 1, paints: Array.from({ length: 256 }, (_, i) => i) };
  assert.deepEqual([-9, -1, 1, 9].map((value) => paint(matrix, value)), [0, 0, 255, 255]);
  assert.equal(paint({ ...matrix, low: 2, high: 2 }, 2), 128);
});
