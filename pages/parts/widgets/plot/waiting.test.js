import assert from "node:assert/strict";
import { test } from "node:test";

import { comesNear } from "./waiting.js";

// The one picture that is observed, and all listeners that the page keeps.
function page() {
  const seen = { observed: 0 };
  globalThis.IntersectionObserver = class {
    constructor(tell) {
      seen.tell = (isIntersecting) => tell([{ isIntersecting }]);
    }
    observe() {
      seen.observed += 1;
    }
    disconnect() {
      seen.observed -= 1;
    }
  };
  globalThis.location = { search: "" };
  globalThis.window = {
    printing: new Set(),
    addEventListener(name, listener, { signal }) {
      this.printing.add(listener);
      signal.addEventListener("abort", () => this.printing.delete(listener));
    },
  };
  return seen;
}

const ROOT = { closest: () => null };

test("a picture that has come near, or is to be printed, is watched no longer", async () => {
  for (const happens of [(seen) => seen.tell(true), () => [...window.printing][0]()]) {
    const seen = page();
    const near = comesNear(ROOT, new AbortController().signal);
    seen.tell(false);
    assert.deepEqual([seen.observed, window.printing.size], [1, 1]);
    happens(seen);
    await near;
    assert.deepEqual([seen.observed, window.printing.size], [0, 0]);
  }
});

test("nothing keeps a picture that left the page before it came near", () => {
  const seen = page();
  const gone = new AbortController();
  comesNear(ROOT, gone.signal);
  gone.abort();
  assert.deepEqual([seen.observed, window.printing.size], [0, 0]);
});
