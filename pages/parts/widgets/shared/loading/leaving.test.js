import assert from "node:assert/strict";
import { test } from "node:test";
import { leaving } from "./leaving.js";

test("the last call ends what it began", ({ mock }) => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const [parent, ended] = [{}, []];
  leaving(parent, () => ended.push(1));
  leaving(parent, () => ended.push(2))();
  mock.timers.tick(1);
  assert.deepEqual(ended, [2]);
});

test("a call that another followed ends nothing, whichever comes first", ({ mock }) => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const [parent, ended] = [{}, []];
  const first = leaving(parent, () => ended.push(1));
  leaving(parent, () => ended.push(2));
  first();
  leaving(parent, () => ended.push(3))();
  leaving(parent, () => ended.push(4));
  mock.timers.tick(1);
  assert.deepEqual(ended, []);
});

test("widgets do not end one another, and one with nothing to end is left in peace", ({ mock }) => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const ended = [];
  const one = leaving({}, () => ended.push("one"));
  const other = leaving({}, undefined);
  one();
  other();
  mock.timers.tick(1);
  assert.deepEqual(ended, ["one"]);
});
