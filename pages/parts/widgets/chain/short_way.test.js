import assert from "node:assert/strict";
import { test } from "node:test";

import { followed, heard } from "./short_way.js";

const ABOUT = { example: "cat", sheet: ["qkv", 3, "numbers"], switches: { mask: "none" } };

function page(more = {}, numbers = "1") {
  const shortWay = { about: ABOUT, grids: { grid: "q" }, heard: { grid: ["me", 2] }, ...more };
  return { stages: [{ name: "q", title: "Queries", values: numbers }], shortWay, said: "page" };
}

test("an edit is heard once the page has its number, or a later one, from the same view", () => {
  const { shortWay } = page();
  assert.equal(heard(shortWay, { grid: "grid", by: "me", number: 2 }), true);
  assert.equal(heard(shortWay, { grid: "grid", by: "me", number: 3 }), false);
  assert.equal(heard(shortWay, { grid: "grid", by: "another", number: 1 }), false);
  assert.equal(heard(shortWay, { grid: "other", by: "me", number: 1 }), false);
});

test("while the page has not heard all that was typed, its numbers are those of the short way", () => {
  const typed = (number) => ({ grid: "grid", by: "me", number, at: performance.now() });
  const answered = { stages: [{ name: "q", values: "2" }] };
  const view = () => ({ data: page(), typed: [typed(2), typed(3)], asked: 4, answered });
  const late = view();
  assert.equal(followed(late, page()).stages[0].values, "2");
  assert.deepEqual(late.typed.map(({ number }) => number), [3]);
  const now = view();
  assert.equal(followed(now, page({ heard: { grid: ["me", 3] } })).stages[0].values, "1");
  assert.deepEqual([now.typed, now.asked, now.answered], [[], 5, null]);
  const elsewhere = view();
  const other = { ...ABOUT, switches: { mask: "causal" } };
  assert.equal(followed(elsewhere, page({ about: other })).stages[0].values, "1");
});
