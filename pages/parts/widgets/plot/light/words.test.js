import assert from "node:assert/strict";
import { test } from "node:test";

import { lines, plainWords } from "./words.js";

test("only <b>, <br> and entities mean something; a learner's tags stay words", () => {
  assert.deepEqual(lines("a<br>b <b>1</b>"), [
    [{ text: "a", bold: false }],
    [
      { text: "b ", bold: false },
      { text: "1", bold: true },
    ],
  ]);
  assert.equal(plainWords("&lt;b&gt;x&lt;/b&gt; &amp; 5&#37;"), "<b>x</b> & 5%");
  assert.equal(plainWords("<i>x</i>"), "<i>x</i>");
  assert.equal(plainWords("&amp;lt;"), "&lt;");
});
