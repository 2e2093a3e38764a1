// Keys and values, row by row, while a text is written: step, play, go back. Everything comes in one message.

import { paints } from "../shared/colours.js";
import { saveDrawing } from "../shared/drawing.js";
import { element, write } from "../shared/elements.js";
import { keeping } from "../shared/loading/keeping.js";
import { pictured } from "../shared/pictured.js";
import { filled } from "../shared/words.js";
import { rowsAt, sumUpTo } from "./growing.js";

const QUIET = 400;
const PACE = 900;
const MARKS = { first: "|◀ ", back: "◀ ", next: "▶ ", play: "▶▶ " };
const viewOf = keeping(open);

export default function ({ data, parentElement, setTriggerValue }) {
  const view = viewOf(parentElement);
  view.send = (step) => setTriggerValue("step", step);
  const asked = JSON.stringify([data.growing, data.words, data.scale]);
  const isNew = view.asked !== asked;
  // A step that the page has not heard of yet is newer than the one that it says.
  const isAhead = view.waits || (isNew && view.told.length > 0);
  if (isNew) {
    stop(view);
    Object.assign(view, { asked, told: [] });
  }
  const echo = view.told.indexOf(data.step);
  view.data = data;
  if (isNew) setUp(view);
  if (isAhead) go(view, view.step, true);
  else if (isNew || echo < 0) go(view, data.step, false);
  else view.told.splice(0, echo + 1);
  return () => {
    clearTimeout(view.timer);
    stop(view);
  };
}

function open(parent) {
  const root = parent.querySelector(".clearhead-kept");
  const part = (name) => root.querySelector(`.${name}`);
  const view = {
    root,
    slider: root.querySelector("input"),
    at: part("at"),
    rows: part("rows"),
    said: part("said"),
    buttons: Object.fromEntries(["first", "back", "next", "play"].map((name) => [name, part(name)])),
    step: 0,
    told: [],
    waits: false,
    lines: [],
  };
  const { first, back, next, play } = view.buttons;
  const by = (step) => () => {
    stop(view);
    go(view, step(), true);
  };
  first.onclick = by(() => 0);
  back.onclick = by(() => view.step - 1);
  next.onclick = by(() => view.step + 1);
  play.onclick = () => (view.playing ? stop(view) : start(view));
  view.slider.oninput = by(() => Number(view.slider.value));
  root.clearheadSave = (format) =>
    pictured(view.rows, (drawing) => saveDrawing(drawing, format, view.data.filename));
  return view;
}

function setUp(view) {
  const { root, slider, buttons, rows } = view;
  const { growing, words, filename, label, scale } = view.data;
  root.dataset.picture = filename;
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", label);
  slider.max = last(view);
  slider.setAttribute("aria-label", words.slider);
  for (const [name, button] of Object.entries(buttons)) write(button, MARKS[name] + words[name]);
  const colours = paints(scale);
  const head = element("div", "row head");
  head.append(
    element("span", "token"),
    element("span", "mark"),
    element("span", "strip", words.keys),
    element("span", "strip", words.values),
  );
  view.lines = growing.tokens.map((token, place) => {
    const line = element("div", "row");
    const name = element("span", "token");
    name.append(element("bdi", "", token));
    const strips = [growing.keys[place], growing.values[place]];
    line.append(name, element("span", "mark"), ...strips.map((one) => strip(one, colours)));
    return line;
  });
  rows.replaceChildren(head, ...view.lines);
}

function strip(numbers, colours) {
  const line = element("span", "strip");
  line.append(
    ...numbers.map((share) => {
      const cell = element("i");
      cell.style.setProperty("--colour", colours[share].css);
      return cell;
    }),
  );
  return line;
}

function last(view) {
  return view.data.growing.written.length - 1;
}

function start(view) {
  if (view.step >= last(view)) go(view, 0, false);
  view.playing = setInterval(
    () => (view.step < last(view) ? go(view, view.step + 1, true) : stop(view)),
    PACE,
  );
  showPlaying(view);
  go(view, view.step + 1, true);
}

function stop(view) {
  if (!view.playing) return;
  clearInterval(view.playing);
  view.playing = 0;
  showPlaying(view);
}

function showPlaying({ buttons: { play }, data: { words }, playing }) {
  write(play, playing ? `■ ${words.stop}` : MARKS.play + words.play);
}

// Show another step. The page hears of it once nobody has moved for a while.
function go(view, step, tell) {
  view.step = Math.min(Math.max(step, 0), last(view));
  paint(view);
  clearTimeout(view.timer);
  view.waits = tell;
  if (!tell) return;
  view.timer = setTimeout(() => {
    view.waits = false;
    view.told.push(view.step);
    view.send(view.step);
  }, QUIET);
}

function paint(view) {
  const { growing, words } = view.data;
  const { step } = view;
  const states = rowsAt(step, growing);
  states.forEach((state, place) => {
    view.lines[place].dataset.state = state;
    write(view.lines[place].children[1], words[state]);
  });
  const told = { step: step + 1, steps: last(view) + 1, token: `[${growing.written[step]}]` };
  write(view.at, filled(words.at, told));
  view.slider.value = step;
  view.slider.setAttribute("aria-valuetext", view.at.textContent);
  const { first, back, next } = view.buttons;
  first.disabled = back.disabled = step === 0;
  next.disabled = step === last(view);
  view.root.dataset.step = step;
  const counted = (state) => states.filter((one) => one === state).length;
  const numbers = {
    new: counted("new"),
    kept: counted("kept"),
    now: growing.multiplied[step],
    all: sumUpTo(step, growing.multiplied),
  };
  const sentence = step === 0 ? words.prompt : growing.anew ? words.again : words.grows;
  write(view.said, filled(sentence, texts(numbers)));
}

function texts(numbers) {
  return Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, value.toLocaleString("en")]));
}
