import assert from "node:assert/strict";
import { test } from "node:test";

import { inSight } from "./in_sight.js";
import { at, isPlain, slugOf } from "./travel.js";

test("the section in sight is the last that begins above the line", () => {
  assert.equal(inSight([-900, -20, 300, 800], 250), 1);
  assert.equal(inSight([-900, -20, 250, 800], 250), 2);
  assert.equal(inSight([400, 800], 250), 0);
  assert.equal(inSight([], 250), -1);
});

test("a folded section that was chosen is in sight, until it is left", () => {
  assert.equal(inSight([-900, 60, 200, 800], 250, 1), 1);
  assert.equal(inSight([-900, -60, 200, 800], 250, 1), 2);
  assert.equal(inSight([-900, 260, 400, 800], 250, 1), 0);
});

test("only a plain click is ours", () => {
  const plain = { button: 0, defaultPrevented: false };
  assert.ok(isPlain(plain));
  for (const key of ["metaKey", "ctrlKey", "shiftKey", "altKey", "defaultPrevented"]) {
    assert.ok(!isPlain({ ...plain, [key]: true }), key);
  }
  assert.ok(!isPlain({ ...plain, button: 1 }));
});

test("a page is known by the end of its path, with or without a prefix", () => {
  assert.equal(slugOf("http://host/ngram?lang=zh"), "ngram");
  assert.equal(slugOf("http://host/proxy/8501/ngram"), "ngram");
  assert.equal(slugOf("http://host/proxy/8501/"), "");
  assert.equal(slugOf("http://host"), "");
});

test("an address that says a section keeps what it said", () => {
  assert.equal(at("http://host/gpt?lang=zh&gpt_steps=5", "loss"), "http://host/gpt?lang=zh&gpt_steps=5&at=loss");
  assert.equal(at("http://host/gpt?at=old", "new"), "http://host/gpt?at=new");
});
