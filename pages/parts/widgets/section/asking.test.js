import assert from "node:assert/strict";
import { test } from "node:test";

import { distance, inTurn } from "./asking.js";

const place = (top, bottom) => ({ getBoundingClientRect: () => ({ top, bottom }) });

test("what the eye is on is nearest, then what is least far above or below", () => {
  assert.equal(distance(place(-100, 900), 400), 0);
  assert.equal(distance(place(600, 900), 400), 200);
  assert.equal(distance(place(-900, 100), 400), 300);
});

test("one is asked for at a time, the nearest first, and again if no answer comes", ({ mock }) => {
  mock.timers.enable({ apis: ["setTimeout"] });
  globalThis.innerHeight = 800;
  const asked = [];
  const leaveFar = inTurn(place(2000, 3000), () => asked.push("far"));
  const leaveNear = inTurn(place(300, 900), () => asked.push("near"));
  mock.timers.tick(100);
  assert.deepEqual(asked, ["near"]);
  mock.timers.tick(4100);
  assert.deepEqual(asked, ["near", "near"]);
  leaveNear();
  mock.timers.tick(100);
  assert.deepEqual(asked, ["near", "near", "far"]);
  leaveFar();
  mock.timers.tick(10_000);
  assert.equal(asked.length, 3);
});
