import assert from "node:assert/strict";
import { test } from "node:test";
import { named, nearest, placed, towards, turned, vectorsOf } from "./points.js";

const base64 = (numbers) => Buffer.from(new Int16Array(numbers).buffer).toString("base64");
const vectors = (rows) =>
  vectorsOf({ bdata: base64(rows.flat()), shape: [rows.length, rows[0].length], scale: 0.5 });

test("whole numbers become vectors by their scale", () => {
  assert.deepEqual([...vectors([[2, -4], [6, 0]]).numbers], [1, -2, 3, 0]);
});

test("a point lies where its vector meets the axes, seen from the mean", () => {
  const plane = { mean: [1, 0], axes: [[1, 0], [0, 1]] };
  assert.deepEqual([...placed(vectors([[2, -4], [6, 2]]), plane, [1])], [2, 1, 0]);
});

test("the nearest have the greatest cosines, the word itself is none, nor is a row of zeros", () => {
  const found = nearest(vectors([[4, 0], [2, 0], [0, 4], [-4, 0], [0, 0], [4, 4]]), 0, 3);
  assert.deepEqual(found.map(([row]) => row), [1, 5, 2]);
  assert.ok(Math.abs(found[1][1] - Math.SQRT1_2) < 1e-6);
  assert.deepEqual(nearest(vectors([[0, 0], [1, 1]]), 0, 3), []);
});

test("turning keeps lengths, and a quarter turn brings the depth to the side", () => {
  const [x, y, z] = turned([1, 2, 3], { yaw: 0.7, pitch: -0.4 });
  assert.ok(Math.abs(Math.hypot(x, y, z) - Math.hypot(1, 2, 3)) < 1e-9);
  const [across] = turned([0, 0, 1], { yaw: Math.PI / 2, pitch: 0 });
  assert.ok(Math.abs(across - 1) < 1e-9);
});

test("an arrow key leads to the nearest point in its direction", () => {
  const points = [{ x: 0, y: 0 }, { x: 30, y: 2 }, { x: 10, y: 30 }, { x: 60, y: 0 }, { x: 12, y: 0, hidden: true }];
  assert.equal(towards(points, 0, "ArrowRight"), 1);
  assert.equal(towards(points, 0, "ArrowDown"), 2);
  assert.equal(towards(points, 0, "ArrowUp"), 0);
  assert.equal(towards(points, 0, "x"), 0);
});

test("names do not lie on each other, and turn round at the edge", () => {
  const points = [{ x: 20, y: 50 }, { x: 22, y: 52 }, { x: 195, y: 50 }];
  const found = named(points, [0, 1, 2], { width: 200, height: 100 }, () => 40);
  assert.deepEqual(found.map(([i]) => i), [0, 2]);
  assert.ok(found[1][1] < 195);
});
