// Words as points, in a plane or in space: marked by their groups, moving as the vectors of a training do.

import { saveDrawing, svg } from "../shared/drawing.js";
import { element, write } from "../shared/elements.js";
import { keeping } from "../shared/loading/keeping.js";
import { precise } from "../shared/numbers.js";
import { agree } from "../shared/theme.js";
import { filled } from "../shared/words.js";
import { join, replayOf, shownTo, want } from "../scrubber/replay.js";
import { drawn, legend, listNear, turnOf } from "./drawn.js";
import { nearest, placed, towards, vectorsOf } from "./points.js";

const MOTION = 260;
const PLAYED = 140;
const REACH = 26;
const viewOf = keeping(open);

export default function ({ data, parentElement, setTriggerValue }) {
  const view = viewOf(parentElement);
  view.send = setTriggerValue;
  update(view, data.cloud);
  return () => {
    view.closed = true;
    view.leave?.();
    view.observer.disconnect();
    cancelAnimationFrame(view.frame);
    clearTimeout(view.player);
  };
}

function open(parent) {
  const root = parent.querySelector(".clearhead-cloud");
  const part = (name) => root.querySelector(`.${name}`);
  const stage = part("stage");
  const picture = svg("svg", { "aria-hidden": "true" });
  const view = {
    root,
    stage,
    picture,
    bar: part("bar"),
    legend: part("legend"),
    near: part("near"),
    said: part("said"),
    angles: { yaw: 0.5, pitch: 0.35 },
    lit: new Set(),
    at: null,
    hovered: null,
    depth: false,
    playing: null,
  };
  picture.append(svg("g", { class: "axes" }), svg("g", { class: "marks" }), svg("g", { class: "names" }));
  stage.append(picture);
  root.clearheadSave = (format) => saveDrawing(picture, format, view.data.filename);
  view.observer = new ResizeObserver(() => view.data && paint(view));
  view.observer.observe(stage);
  stage.onpointerdown = (event) => grasp(view, event);
  stage.onpointermove = (event) => moved(view, event);
  stage.onpointerup = (event) => released(view, event);
  stage.onpointercancel = () => (view.grasped = null);
  stage.onpointerleave = () => point(view, null);
  stage.onkeydown = (event) => keyed(view, event);
  stage.onfocus = () => stage.matches(":focus-visible") && visit(view, view.at ?? placeOf(view, view.data.chosen));
  stage.onblur = () => visit(view, null);
  return view;
}

function update(view, data) {
  const before = view.data;
  const same = before && JSON.stringify(before) === JSON.stringify(data);
  view.closed = false;
  view.data = data;
  view.root.dataset.picture = data.filename;
  follow(view);
  if (same) return;
  if (!before || before.chosen !== data.chosen) view.chosen = data.chosen;
  if (!before || before.depth !== data.depth) view.depth = data.depth;
  view.vectors = vectorsOf(data.vectors);
  view.shown = data.groups.flatMap((group, row) => (group >= 0 ? [row] : []));
  if (view.playing === null) refresh(view, true);
  controls(view);
  agree(view, data.theme);
}

function follow(view) {
  const { follows } = view.data;
  if (view.panel === follows?.panel) return;
  view.leave?.();
  view.panel = follows?.panel;
  view.leave = follows ? join(follows.panel, () => view.playing === null && refresh(view, false)) : null;
}

// What is to be seen now: of the step that the scrubber stands on, or that is being played.
function moment(view) {
  const { follows } = view.data;
  if (!follows) return { step: null, vectors: view.vectors };
  const played = view.playing;
  if (played !== null) {
    const record = replayOf(follows.panel).records.get(played);
    return { step: played, vectors: record?.vectors ? vectorsOf(record.vectors) : view.vectors };
  }
  const other = shownTo(follows);
  if (other && !other.record) want(replayOf(follows.panel));
  if (!other?.record?.vectors) return { step: follows.step, vectors: view.vectors };
  return { step: other.step, vectors: vectorsOf(other.record.vectors) };
}

function refresh(view, smooth) {
  if (view.closed) return;
  const { step, vectors } = moment(view);
  const shown = placeOf(view, view.chosen) < 0 ? [...view.shown, view.chosen] : view.shown;
  Object.assign(view, { rows: shown, now: vectors });
  const goal = view.data.places
    ? Float32Array.from(shown.flatMap((row) => [...view.data.places[row], 0]))
    : placed(vectors, view.data.plane, shown);
  view.neighbours = nearest(vectors, view.chosen, view.data.near);
  view.root.dataset.step = step ?? "";
  tell(view, step);
  travel(view, goal, smooth);
}

// From where the points are to where they are to be, within the blink of an eye.
function travel(view, goal, smooth) {
  cancelAnimationFrame(view.frame);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const from = view.places;
  if (!smooth || still || !from || from.length !== goal.length) {
    view.places = goal;
    paint(view);
    return;
  }
  const start = performance.now();
  const move = (time) => {
    const share = Math.min(Math.max((time - start) / MOTION, 0), 1);
    const eased = share * (2 - share);
    view.places = goal.map((to, i) => from[i] + (to - from[i]) * eased);
    paint(view);
    if (share < 1 && !view.closed) view.frame = requestAnimationFrame(move);
  };
  view.frame = requestAnimationFrame(move);
}

function paint(view) {
  const width = view.stage.clientWidth;
  if (!width || !view.places) return;
  view.points = drawn(view, { width, height: view.data.height });
}

function controls(view) {
  const { data, bar } = view;
  const { words } = data;
  view.stage.style.height = `${data.height}px`;
  view.stage.setAttribute("aria-label", data.label);
  if (!bar.childElementCount) {
    const flat = button(words.flat, () => turnTo(view, false));
    const space = button(words.space, () => turnTo(view, true));
    const player = button(words.play, () => (view.playing === null ? play(view) : stop(view)));
    player.className = "play";
    bar.append(flat, space, player);
  }
  const [flat, space, player] = bar.children;
  flat.hidden = space.hidden = Boolean(data.places);
  player.hidden = !data.follows;
  bar.hidden = flat.hidden && player.hidden;
  write(flat, words.flat);
  write(space, words.space);
  pressed(view);
  legend(view, (group) => {
    if (!view.lit.delete(group)) view.lit.add(group);
    controls(view);
    paint(view);
  });
}

function pressed(view) {
  const [flat, space, player] = view.bar.children;
  flat.setAttribute("aria-pressed", !view.depth);
  space.setAttribute("aria-pressed", view.depth);
  write(player, view.playing === null ? view.data.words.play : view.data.words.stop);
  view.stage.classList.toggle("deep", view.depth);
}

function button(text, act) {
  const made = element("button", "", text);
  made.type = "button";
  made.onclick = act;
  return made;
}

function turnTo(view, depth) {
  if (view.depth === depth) return;
  view.depth = depth;
  pressed(view);
  paint(view);
  view.send("depth", depth);
}

// All steps from the first to the newest, one after the other; afterwards the scrubber's step again.
async function play(view) {
  const replay = replayOf(view.data.follows.panel);
  view.playing = replay.steps[0] ?? null;
  if (view.playing === null) return;
  pressed(view);
  await want(replay);
  const next = (place) => {
    if (view.closed || view.playing === null) return;
    const step = replay.steps[place];
    if (step === undefined) {
      stop(view);
      return;
    }
    view.playing = step;
    refresh(view, true);
    view.player = setTimeout(() => next(place + 1), MOTION + PLAYED);
  };
  next(0);
}

function stop(view) {
  clearTimeout(view.player);
  view.playing = null;
  pressed(view);
  refresh(view, true);
}

function placeOf(view, row) {
  return view.shown.indexOf(row);
}

function tell(view, step) {
  const { words, words_of: all } = view.data;
  const sentence = view.neighbours.length ? (step === null ? words.near : words.near_at) : words.none;
  const title = filled(sentence, { word: all[view.chosen], step });
  listNear(view, title, (row) => choose(view, row), precise);
}

function choose(view, row) {
  if (row === view.chosen) return;
  view.chosen = row;
  refresh(view, false);
  view.send("choose", row);
}

function grasp(view, event) {
  view.grasped = { x: event.clientX, y: event.clientY, far: 0, angles: { ...view.angles } };
  if (view.depth) view.stage.setPointerCapture?.(event.pointerId);
}

function moved(view, event) {
  const held = view.grasped;
  if (!held) {
    point(view, found(view, event));
    return;
  }
  const [dx, dy] = [event.clientX - held.x, event.clientY - held.y];
  held.far = Math.max(held.far, Math.hypot(dx, dy));
  if (!view.depth || held.far < 4) return;
  view.angles.yaw = held.angles.yaw + dx / 120;
  // A finger that moves up and down scrolls the page.
  if (event.pointerType === "mouse") tilt(view, held.angles.pitch + dy / 120);
  paint(view);
}

function released(view, event) {
  const held = view.grasped;
  view.grasped = null;
  if (!held || held.far > 6) return;
  const place = found(view, event);
  if (place === null) return;
  view.at = place;
  choose(view, view.rows[place]);
}

function found(view, event) {
  const { left, top } = view.stage.getBoundingClientRect();
  const [x, y] = [event.clientX - left, event.clientY - top];
  let best = null;
  let least = REACH;
  view.points?.forEach((one, i) => {
    const far = Math.hypot(one.x - x, one.y - y);
    if (!one.hidden && far < least) [best, least] = [i, far];
  });
  return best;
}

function point(view, place) {
  if (view.hovered === place) return;
  view.hovered = place;
  paint(view);
}

function tilt(view, pitch) {
  view.angles.pitch = Math.min(Math.max(pitch, -1.4), 1.4);
}

function keyed(view, event) {
  if (event.ctrlKey || event.metaKey || event.altKey || !view.points) return;
  const { key } = event;
  if (view.depth && event.shiftKey && turnOf(key)) {
    const [yaw, pitch] = turnOf(key);
    view.angles.yaw += yaw;
    tilt(view, view.angles.pitch + pitch);
    paint(view);
  } else if (key.startsWith("Arrow")) {
    visit(view, towards(view.points, view.at ?? Math.max(placeOf(view, view.chosen), 0), key));
  } else if ((key === "Enter" || key === " ") && view.at !== null) {
    choose(view, view.rows[view.at]);
  } else return;
  event.preventDefault();
  event.stopPropagation();
}

function visit(view, place) {
  view.at = place === null || place < 0 ? null : place;
  point(view, view.at);
  if (view.at === null) return;
  const row = view.rows[view.at];
  const group = view.data.groups[row];
  const about = { word: view.data.words_of[row], group: view.data.names[group] ?? "" };
  write(view.said, filled(view.data.words.at, about));
}
