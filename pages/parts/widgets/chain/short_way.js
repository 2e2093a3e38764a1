// The short way: numbers typed in a grid on the same page reach the chain by a request of their own, while
// the page's own answer, which draws everything, is still on its way.

import { withNumbers } from "./stages.js";

const LONGEST_WAIT = 5000;

export function follow(view) {
  view.typed = [];
  view.asked = 0;
  view.hear = ({ detail }) => typedBeside(view, detail);
  window.addEventListener("clearhead-typed", view.hear);
}

export function unfollow(view) {
  window.removeEventListener("clearhead-typed", view.hear);
  view.asked += 1;
}

function typedBeside(view, { grid, by, number, what }) {
  const { shortWay } = view.data ?? {};
  if (!shortWay || !(grid in shortWay.grids)) return;
  if (!Array.isArray(what)) {
    // Undone or redone: only the page knows what that gives.
    view.asked += 1;
    view.typed = [];
    return;
  }
  view.typed.push({ grid, by, number, what, at: performance.now() });
  ask(view, shortWay);
}

async function ask(view, { url, about, grids }) {
  view.asked += 1;
  const turn = view.asked;
  const edits = view.typed.flatMap(({ grid, what }) => what.map((edit) => [grids[grid], ...edit]));
  let answer = null;
  try {
    const response = await fetch(url, { method: "POST", body: JSON.stringify({ about, edits }) });
    if (response.ok) answer = await response.json();
  } catch {
    // The page's own answer comes anyway.
  }
  if (turn !== view.asked || !answer) return;
  view.answered = answer;
  view.update(withNumbers(view.data, answer));
}

// What the page says, but while it has not heard all that was typed, with the numbers of the short way.
export function followed(view, data) {
  const before = view.data?.shortWay?.about;
  const { shortWay } = data;
  const same = shortWay && before && sizes(before) === sizes(shortWay.about);
  const now = performance.now();
  view.typed = same ? view.typed.filter((typed) => now - typed.at < LONGEST_WAIT && !heard(shortWay, typed)) : [];
  if (view.typed.length && view.answered) return withNumbers(data, view.answered);
  view.asked += 1;
  view.answered = null;
  return data;
}

export function heard({ heard: last }, { grid, by, number }) {
  const [view, newest] = last[grid] ?? [];
  return view === by && newest >= number;
}

// All that an edit cannot change.
function sizes({ example, sheet, switches }) {
  return JSON.stringify([example, sheet.slice(0, -1), switches]);
}
