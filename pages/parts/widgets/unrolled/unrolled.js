// A recurrent network unrolled: for each token the same machine, what it hands on, and what it expects next.

import { paints } from "../shared/colours.js";
import { saveDrawing } from "../shared/drawing.js";
import { element } from "../shared/elements.js";
import { keeping } from "../shared/loading/keeping.js";
import { pictured } from "../shared/pictured.js";
import { agree } from "../shared/theme.js";
import { stepped } from "../shaded_text/walking.js";

const viewOf = keeping(open);

export default function ({ data, parentElement, setTriggerValue }) {
  const view = viewOf(parentElement);
  view.data = data;
  view.send = setTriggerValue;
  const asked = JSON.stringify({ ...data, chosen: null });
  if (view.drawn !== asked) {
    view.drawn = asked;
    draw(view);
  }
  press(view, data.chosen);
  agree(view, data.theme);
}

function open(parent) {
  const root = parent.querySelector(".clearhead-unrolled");
  const view = { root, place: root.querySelector(".steps"), drawn: "", steps: [] };
  root.clearheadSave = (format) =>
    pictured(view.place, (drawing) => saveDrawing(drawing, format, view.data.filename));
  return view;
}

function draw(view) {
  const { data, place } = view;
  const focused = place.contains(document.activeElement);
  view.root.dataset.picture = data.filename;
  place.setAttribute("role", "toolbar");
  place.setAttribute("aria-label", data.words.label);
  view.colours = paints(data.scale);
  view.steps = data.steps.map((step, at) => stepOf(view, step, at));
  place.replaceChildren(...view.steps.flatMap((step, at) => [arrow(data, at), step]));
  place.onkeydown = (event) => walk(view, event);
  rove(view, data.chosen);
  if (focused) view.steps[data.chosen]?.focus({ preventScroll: true });
}

// What is handed on to a step from the one before it.
function arrow({ carried }, at) {
  const mark = element("span", "handed");
  mark.setAttribute("aria-hidden", "true");
  mark.append(element("span", "letters", at ? carried : "0"), element("span", "head", "→"));
  return mark;
}

function stepOf(view, [token, state, expected, share, said], at) {
  const { machine, weights, words } = view.data;
  const step = element("button", "step");
  step.type = "button";
  step.title = said;
  step.setAttribute("aria-label", said);
  const next = element("span", "next");
  next.append(element("span", "ask", words.next), element("bdi", "expected", expected), element("span", "share", share));
  const box = element("span", "machine");
  box.append(element("span", "name", machine), element("span", "weights", weights));
  step.append(next, squares(view, state), box, element("bdi", "token", token));
  step.onclick = () => choose(view, at);
  return step;
}

// The numbers of a state, in a square: −1 at one end of the colours, 1 at the other.
function squares({ colours }, state) {
  const tile = element("span", "state");
  tile.style.setProperty("--side", Math.ceil(Math.sqrt(state.length)));
  tile.append(
    ...state.map((value) => {
      const square = element("span");
      square.style.background = colours[Math.round(127.5 * (Math.min(Math.max(value, -1), 1) + 1))].css;
      return square;
    }),
  );
  return tile;
}

function choose(view, at) {
  rove(view, at);
  press(view, at);
  view.send("choose", at);
}

function press(view, chosen) {
  view.steps.forEach((step, at) => step.setAttribute("aria-pressed", String(at === chosen)));
}

function rove(view, at) {
  view.steps.forEach((step, place) => (step.tabIndex = place === at ? 0 : -1));
}

function walk(view, event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const at = view.steps.indexOf(event.target.closest(".step"));
  const next = stepped(event.key, at, view.steps.length);
  if (at < 0 || next === null) return;
  rove(view, next);
  view.steps[next].focus();
  event.preventDefault();
  event.stopPropagation();
}
