// Typing: what the keys do in a box, what is pasted, and how Python is told of it.

import { blockOf } from "./pasted.js";
import { at, fit } from "./table.js";

const PATIENCE = 2000;

export function key(view, event) {
  const input = event.target;
  const here = at(input);
  if (!here || event.isComposing) return;
  const [row, column] = here;
  const { selectionStart: from, selectionEnd: to, value } = input;
  const word = event.key.toLowerCase();
  if ((event.ctrlKey || event.metaKey) && !event.altKey && (word === "z" || word === "y")) {
    if (!view.data.history) return;
    if (input.value !== view.shown[row][column]) restore(view, input);
    else say(view, word === "y" || event.shiftKey ? "redo" : "undo");
  } else if (event.ctrlKey || event.metaKey || event.altKey) return;
  else if (event.key === "Enter") go(view, input, row + (event.shiftKey ? -1 : 1), column);
  else if (event.shiftKey) return;
  else if (event.key === "ArrowDown") go(view, input, row + 1, column);
  else if (event.key === "ArrowUp") go(view, input, row - 1, column);
  else if (event.key === "ArrowLeft" && from === 0 && (to === 0 || to === value.length)) {
    go(view, input, row, column - 1);
  } else if (event.key === "ArrowRight" && to === value.length && (from === to || from === 0)) {
    go(view, input, row, column + 1);
  } else if (event.key === "F2") input.setSelectionRange(value.length, value.length);
  else if (event.key === "Escape" && value !== view.shown[row][column]) restore(view, input);
  else {
    // The page's own arrow keys are not for who is typing.
    if (event.key.startsWith("Arrow")) event.stopPropagation();
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}

function go(view, input, row, column) {
  commit(view, input);
  const target = view.cells[row]?.[column];
  if (!target) {
    input.select();
    return;
  }
  target.focus({ preventScroll: true });
  reveal(view, target);
}

// The box is scrolled into its own table, not under the headers that stay in sight.
function reveal(view, target) {
  const { scroll } = view;
  const cell = target.parentElement.getBoundingClientRect();
  const frame = scroll.getBoundingClientRect();
  const corner = scroll.querySelector(".corner").getBoundingClientRect();
  const left = cell.left - frame.left - corner.width;
  const right = cell.right - frame.left - scroll.clientWidth;
  const top = cell.top - frame.top - corner.height;
  const bottom = cell.bottom - frame.top - scroll.clientHeight;
  scroll.scrollLeft += left < 0 ? left : Math.max(right, 0);
  scroll.scrollTop += top < 0 ? top : Math.max(bottom, 0);
  target.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function restore(view, input) {
  const [row, column] = at(input);
  input.value = view.shown[row][column];
  input.select();
  fit(view);
}

export function commit(view, input) {
  const [row, column] = at(input);
  if (input.readOnly || input.value === view.shown[row]?.[column]) return;
  view.shown[row][column] = input.value;
  say(view, [[row, column, input.value]]);
}

// A block fills cells to the right and below.
export function paste(view, event) {
  const here = at(event.target);
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!here || event.target.readOnly) return;
  const block = blockOf(text);
  const single = block.length === 1 && block[0].length === 1;
  if (!block.length || (single && block[0][0].length <= view.data.longest)) return;
  event.preventDefault();
  const edits = [];
  block.forEach((parts, r) =>
    parts.forEach((part, c) => {
      const input = view.cells[here[0] + r]?.[here[1] + c];
      if (!input || input.readOnly) return;
      input.value = part.slice(0, view.data.longest);
      edits.push([here[0] + r, here[1] + c, part]);
    }),
  );
  for (const [row, column] of edits) view.shown[row][column] = view.cells[row][column].value;
  event.target.select();
  fit(view);
  if (edits.length) say(view, edits);
}

// Said again, with all that is not yet answered, until Python has heard it.
function say(view, what) {
  view.number += 1;
  view.waiting.push({ number: view.number, what });
  // Pictures on this page that follow the numbers by themselves hear of them at once.
  const { id: by, number, data } = view;
  window.dispatchEvent(new CustomEvent("clearhead-typed", { detail: { grid: data.key, by, number, what } }));
  deliver(view);
}

function deliver(view) {
  view.send({ view: view.id, events: view.waiting });
  clearTimeout(view.timer);
  view.timer = setTimeout(() => {
    if (view.waiting.length && view.root.isConnected) deliver(view);
  }, PATIENCE);
}
