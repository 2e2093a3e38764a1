import assert from "node:assert/strict";
import { test } from "node:test";

import { bytesOf, decoded } from "./arrays.js";

const written = (array) => Buffer.from(array.buffer).toString("base64");

test("bytes come back as they went", () => {
  assert.deepEqual([...bytesOf(written(Uint8Array.of(0, 127, 255)))], [0, 127, 255]);
});

test("an array with a shape has rows, one without is flat", () => {
  const bdata = written(Float64Array.of(1, 2, 3, 4, 5, 6));
  const rows = decoded({ dtype: "f8", bdata, shape: "2, 3" });
  assert.deepEqual(rows.map((row) => [...row]), [[1, 2, 3], [4, 5, 6]]);
  assert.deepEqual([...decoded({ dtype: "f8", bdata })], [1, 2, 3, 4, 5, 6]);
});

test("arrays are found wherever they lie in a trace; all else stays", () => {
  const z = { dtype: "i2", bdata: written(Int16Array.of(-7, 8)) };
  const trace = decoded({ name: "a", x: [1], text: null, marker: { color: z } });
  assert.deepEqual({ ...trace, marker: null }, { name: "a", x: [1], text: null, marker: null });
  assert.deepEqual([...trace.marker.color], [-7, 8]);
});
