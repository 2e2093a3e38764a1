// A slider over the steps of a training. What stands beside it follows while it moves; the page is told when
// it is let go, and until it has answered, the slider knows better.

import { write } from "../shared/elements.js";
import { keeping } from "../shared/loading/keeping.js";
import { forget, join, learn, replayOf, show, want } from "./replay.js";
import { filled } from "../shared/words.js";
import { heldAt, placeOf, reached } from "./track.js";

const QUIET = 200;
const LONGEST_WAIT = 5000;
const viewOf = keeping(open);

export default function ({ data, parentElement, setTriggerValue }) {
  const view = viewOf(parentElement);
  view.send = (payload) => setTriggerValue("step", payload);
  update(view, data.track);
  return () => {
    view.leave?.();
    clearTimeout(view.timer);
    const replay = replayOf(view.data.panel);
    if (replay.scrubber === view) forget(replay);
  };
}

function open(parent) {
  const root = parent.querySelector(".clearhead-scrubber");
  const part = (name) => root.querySelector(`.${name}`);
  const view = {
    root,
    input: root.querySelector("input"),
    above: part("above"),
    at: part("at"),
    hint: part("hint"),
    now: part("now"),
    id: Math.random().toString(36).slice(2),
    number: 0,
    waiting: 0,
    held: null,
    moving: false,
    byKey: false,
  };
  const { input } = view;
  root.onpointerenter = () => take(view);
  input.onfocus = () => take(view);
  input.onpointerdown = () => {
    view.byKey = false;
    take(view);
  };
  input.onkeydown = () => {
    view.byKey = true;
  };
  input.oninput = () => moved(view, heldAt(view.data, Number(input.value)));
  input.onchange = () => letGo(view);
  view.now.onclick = () => {
    input.focus();
    view.byKey = false;
    moved(view, null);
    letGo(view);
  };
  return view;
}

function update(view, data) {
  const { run, panel } = view.data ?? {};
  view.data = data;
  if (panel !== data.panel) {
    view.leave?.();
    view.leave = join(data.panel, () => mirror(view));
  }
  if (run !== data.run) Object.assign(view, { waiting: 0, moving: false });
  if (isAnswered(view)) {
    view.waiting = 0;
    if (!view.moving) view.held = data.held;
  }
  if (!data.steps.includes(view.held)) view.held = null;
  const replay = replayOf(data.panel);
  replay.scrubber = view;
  learn(replay, data);
  paint(view);
  // Somebody may have been quicker than the program.
  if (view.root.matches(":hover, :focus-within")) take(view);
}

// Another scrubber of the same training has moved: this one goes along, and says nothing of it.
function mirror(view) {
  hint(view);
  const { shown, held } = replayOf(view.data.panel);
  const place = view.data.steps.indexOf(shown);
  if (view.moving || place < 0 || place === Number(view.input.value)) return;
  Object.assign(view, { held: held ? shown : null, isMirror: true });
  putAt(view, place);
}

function isAnswered({ waiting, id, sentAt, data: { heard } }) {
  const answered = heard.view === id && heard.number >= waiting;
  return answered || performance.now() - sentAt > LONGEST_WAIT || !waiting;
}

function take({ data }) {
  if (data?.steps.length) want(replayOf(data.panel));
}

function moved(view, held) {
  clearTimeout(view.timer);
  view.moving = true;
  view.held = held;
  take(view);
  paint(view);
  // A key that is held down moves on and on.
  if (view.byKey) letGo(view);
}

function letGo(view) {
  clearTimeout(view.timer);
  view.timer = setTimeout(() => tell(view), view.byKey ? QUIET : 0);
}

function tell(view) {
  if (!view.moving) return;
  view.moving = false;
  if (!view.waiting && !view.isMirror && view.held === view.data.held) return;
  view.isMirror = false;
  view.number += 1;
  Object.assign(view, { waiting: view.number, sentAt: performance.now() });
  view.send({ view: view.id, number: view.number, step: view.held });
}

function paint(view) {
  const { data, input, root } = view;
  const { steps, planned, words } = data;
  const place = placeOf(data, view.held);
  input.max = Math.max(planned.length - 1, 1);
  input.disabled = steps.length < 2;
  root.style.setProperty("--reached", reached(data));
  root.classList.toggle("whole", reached(data) === 1);
  root.classList.toggle("alive", data.alive);
  write(view.above, data.alive ? words.progress : words.label);
  write(view.now, words.now);
  input.setAttribute("aria-label", words.label);
  putAt(view, place);
  if (steps.length) show(replayOf(data.panel), steps[place], view.held !== null);
  hint(view);
}

// The handle, and what is said of where it stands.
function putAt(view, place) {
  const { data, input, root } = view;
  const { steps, planned, losses, words } = data;
  const about = { step: steps[place], total: planned.at(-1), loss: losses[place] };
  const at = steps.length ? filled(words.at, about) : words.none;
  input.value = place;
  input.setAttribute("aria-valuetext", at);
  root.style.setProperty("--at", place / Math.max(planned.length - 1, 1));
  root.classList.toggle("held", view.held !== null);
  write(view.at, at);
  Object.assign(root.dataset, { step: steps[place] ?? "", last: steps.length - 1 });
}

function hint({ data, hint: place }) {
  const { words, alive, steps, panel } = data;
  const failed = replayOf(panel).failed && steps.length > 1;
  write(place, failed ? words.failed : alive && steps.length > 1 ? words.hint : "");
}
