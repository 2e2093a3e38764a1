// Keys and values, row by row, while a text is written: step, play, go back. Everything comes in one message.

import { paints } from "../shared/colours.js";
import { saveDrawing } from "../shared/drawing.js";
import { element, write } from "../shared/elements.js";
import { keeping } from "../shared/loading/keeping.js";
import { pictured } from "../shared/pictured.js";
import { close, follow, load, openPlayer } from "../shared/playing/player.js";
import { counted, filled } from "../shared/words.js";
import { rowsAt, sumUpTo } from "./growing.js";

const PACE = 900;
const viewOf = keeping(open);

export default function ({ data, parentElement, setTriggerValue }) {
  const view = viewOf(parentElement);
  view.player.send = (step) => setTriggerValue("step", step);
  const asked = JSON.stringify([data.growing, data.words, data.scale]);
  const isNew = view.asked !== asked;
  Object.assign(view, { asked, data });
  if (isNew) setUp(view);
  follow(view.player, data.step, isNew);
  return () => close(view.player);
}

function open(parent) {
  const root = parent.querySelector(".clearhead-kept");
  const part = (name) => root.querySelector(`.${name}`);
  const view = { root, at: part("at"), rows: part("rows"), said: part("said"), lines: [] };
  view.player = openPlayer(root, (step) => paint(view, step));
  root.clearheadSave = (format) =>
    pictured(view.rows, (drawing) => saveDrawing(drawing, format, view.data.filename));
  return view;
}

function setUp(view) {
  const { root, rows, player } = view;
  const { growing, words, filename, label, scale } = view.data;
  root.dataset.picture = filename;
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", label);
  load(player, { last: growing.written.length - 1, pace: PACE, words });
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

// Shows a step, and says which it is.
function paint(view, step) {
  const { growing, words } = view.data;
  const states = rowsAt(step, growing);
  states.forEach((state, place) => {
    view.lines[place].dataset.state = state;
    write(view.lines[place].children[1], words[state]);
  });
  const told = { step: step + 1, steps: growing.written.length, token: `[${growing.written[step]}]` };
  write(view.at, filled(words.at, told));
  view.root.dataset.step = step;
  const rowsThat = (state) => states.filter((one) => one === state).length;
  const numbers = {
    new: rowsThat("new"),
    kept: rowsThat("kept"),
    now: growing.multiplied[step],
    all: sumUpTo(step, growing.multiplied),
  };
  const sentence = step === 0 ? words.prompt : growing.anew ? words.again : words.grows;
  write(view.said, filled(sentence, counted(numbers)));
  return view.at.textContent;
}
