import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { forget, join, learn, replayOf, show, shownTo, want } from "./replay.js";

let asked = [];
let answers = [];
let panels = 0;
globalThis.fetch = async (address) => {
  asked.push(address);
  const answer = answers.shift();
  if (!answer) throw new Error("no network");
  return { ok: true, json: async () => answer };
};
beforeEach(() => {
  asked = [];
  answers = [];
});

// What is fetched arrives within a few turns: other tests may have timers of their own.
async function settled() {
  for (let turn = 0; turn < 20; turn += 1) await null;
}

function open(steps = [0, 4, 16], mark = "m3") {
  panels += 1;
  const panel = `panel${panels}`;
  const replay = replayOf(panel);
  learn(replay, about(steps, mark));
  return { panel, replay };
}

function about(steps, mark, run = "r") {
  return { run, steps, losses: steps.map((step) => `loss ${step}`), address: "replay/r", mark };
}

function answer(steps) {
  const maps = Buffer.from([1, 2, 3, 100]).toString("base64");
  return {
    records: steps.map((step) => ({ step, sample: `text ${step}`, maps })),
    shape: [1, 1, 2, 2],
    probe: ["a", "b"],
  };
}

test("nothing is fetched before somebody takes hold, then all at once", async () => {
  const { replay, panel } = open();
  assert.deepEqual(asked, []);
  answers = [answer([0, 4, 16])];
  let told = 0;
  join(panel, () => (told += 1));
  await want(replay);
  assert.deepEqual(asked, ["replay/r/0-3/m3"]);
  assert.equal(told, 1);
  show(replay, 4, true);
  const { step, loss, record } = shownTo({ panel, run: "r", step: 16 });
  assert.deepEqual([step, loss, record.sample, [...record.maps]], [4, "loss 4", "text 4", [1, 2, 3, 100]]);
  await want(replay);
  assert.equal(asked.length, 1);
});

test("of a run that goes on only the new steps are asked for", async () => {
  const { replay } = open();
  answers = [answer([0, 4, 16]), answer([36])];
  await want(replay);
  learn(replay, about([0, 4, 16, 36], "m4"));
  await settled();
  assert.deepEqual(asked, ["replay/r/0-3/m3", "replay/r/3-4/m4"]);
  assert.equal(replay.records.get(36).sample, "text 36");
});

test("steps that were trained anew, and another run, are fetched anew", async () => {
  const { replay } = open();
  answers = [answer([0, 4, 16]), answer([0, 4, 16])];
  await want(replay);
  learn(replay, about([0, 4, 16], "other"));
  await settled();
  assert.equal(asked.at(-1), "replay/r/0-3/other");
  learn(replay, about([0, 4], "m2", "another"));
  assert.equal(replay.records.size, 0);
  assert.equal(replay.shown, null);
  assert.equal(replay.wanted, false);
});

test("an answer to an older question is thrown away", async () => {
  const { replay } = open();
  answers = [answer([0, 4, 16])];
  const waiting = want(replay);
  learn(replay, about([0], "m1", "another"));
  await waiting;
  assert.equal(replay.records.size, 0);
});

test("without an answer the step is known all the same, and the question is not hammered", async () => {
  const { replay, panel } = open();
  await want(replay);
  await want(replay);
  assert.equal(asked.length, 1);
  assert.equal(replay.failed, true);
  show(replay, 0, true);
  assert.deepEqual(shownTo({ panel, run: "r", step: 16 }), { step: 0, loss: "loss 0", record: null });
});

test("what was drawn is right for its own step, another run, and ahead of the scrubber", () => {
  const { replay, panel } = open();
  assert.equal(shownTo({ panel, run: "r", step: 16 }), null, "nobody has moved it");
  show(replay, 4, false);
  assert.equal(shownTo({ panel, run: "r", step: 4 }), null);
  assert.equal(shownTo({ panel, run: "other", step: 16 }), null);
  assert.equal(shownTo({ panel: "nobody", run: "r", step: 16 }), null);
  assert.equal(shownTo({ panel, run: "r", step: 16 }), null, "newer than the newest");
  show(replay, 4, true);
  assert.equal(shownTo({ panel, run: "r", step: 16 }).step, 4);
});

test("whoever follows is told of each other step once, until it leaves", () => {
  const { replay, panel } = open();
  const seen = [];
  const leave = join(panel, () => seen.push(replay.shown));
  show(replay, 4, true);
  show(replay, 4, true);
  show(replay, 0, true);
  leave();
  show(replay, 16, true);
  assert.deepEqual(seen, [4, 0]);
});

test("without its scrubber all is as the server drew it", () => {
  const { replay, panel } = open();
  show(replay, 4, true);
  let told = 0;
  join(panel, () => (told += 1));
  forget(replay);
  assert.equal(shownTo({ panel, run: "r", step: 16 }), null);
  assert.equal(told, 1);
  show(replay, 4, true);
  assert.equal(shownTo({ panel, run: "r", step: 16 }).step, 4);
});
