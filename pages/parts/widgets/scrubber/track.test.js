import assert from "node:assert/strict";
import { test } from "node:test";

import { heldAt, lastPlace, placeOf, reached } from "./track.js";

const TRACK = { steps: [0, 4, 16, 36], planned: [0, 4, 16, 36, 64, 100], step: 50 };

test("every step has its place, and the newest one is held by nobody", () => {
  assert.deepEqual([0, 1, 2].map((place) => heldAt(TRACK, place)), [0, 4, 16]);
  assert.equal(heldAt(TRACK, 3), null);
  assert.equal(heldAt(TRACK, 5), null, "what is still to come cannot be held");
  assert.equal(heldAt(TRACK, -1), 0);
  assert.equal(lastPlace(TRACK), 3);
  assert.equal(lastPlace({ steps: [] }), 0);
});

test("a step that is held keeps its place when others are added", () => {
  assert.equal(placeOf(TRACK, 16), 2);
  assert.equal(placeOf({ ...TRACK, steps: [...TRACK.steps, 64] }, 16), 2);
  assert.equal(placeOf({ ...TRACK, steps: [...TRACK.steps, 64] }, null), 4);
  assert.equal(placeOf(TRACK, 17), 3, "a step that is not there is the newest");
});

test("what has been trained grows between the places too", () => {
  assert.equal(reached(TRACK), 3.5 / 5);
  assert.equal(reached({ ...TRACK, step: 0 }), 0);
  assert.equal(reached({ ...TRACK, step: 100 }), 1);
  assert.equal(reached({ planned: [1000], step: 3 }), 1);
  assert.equal(reached({ planned: [5, 10], step: 2 }), 0);
});
