// A table of boxes: typed, walked and pasted into. Python says what stands in them.

import { element } from "../shared/elements.js";
import { keeping } from "../shared/loading/keeping.js";
import { showSource } from "../shared/source.js";
import { at, fit, paint, rebuild, write } from "./table.js";
import { commit, key, paste } from "./typing.js";

const viewOf = keeping(open);

export default function ({ data, parentElement, setTriggerValue }) {
  const view = viewOf(parentElement);
  view.send = (payload) => setTriggerValue("events", payload);
  update(view, data.grid);
}

function open(parent) {
  const root = parent.querySelector(".clearhead-grid");
  const view = {
    root,
    scroll: root.querySelector(".scroll"),
    said: root.querySelector(".said"),
    source: root.querySelector(".source"),
    id: Math.random().toString(36).slice(2),
    number: 0,
    waiting: [],
    cells: [],
    shown: [],
    shape: "",
  };
  view.observer = new ResizeObserver(() => {
    const { scroll } = view;
    scroll.classList.toggle("wide", scroll.scrollWidth > scroll.clientWidth + 1);
  });
  root.addEventListener("keydown", (event) => key(view, event));
  root.addEventListener("paste", (event) => paste(view, event));
  root.addEventListener("focusin", ({ target }) => target.matches?.("input") && target.select());
  root.addEventListener("focusout", ({ target }) => {
    if (at(target) && !view.building) commit(view, target);
  });
  return view;
}

function update(view, data) {
  view.data = data;
  if (data.answered.view === view.id) {
    view.waiting = view.waiting.filter(({ number }) => number > data.answered.number);
  }
  look(view);
  const shape = JSON.stringify([data.name, data.rows, data.columns]);
  if (shape !== view.shape) rebuild(view, shape);
  const mine = new Map();
  for (const { what } of view.waiting) {
    if (Array.isArray(what)) for (const [row, column, text] of what) mine.set(`${row},${column}`, text);
  }
  const bad = new Map(data.bad.map(([row, column, sentence]) => [`${row},${column}`, sentence]));
  const marks = new Map(data.marks.map(([row, column, right]) => [`${row},${column}`, right]));
  view.cells.forEach((line, row) =>
    line.forEach((input, column) => {
      const place = `${row},${column}`;
      write(view, input, row, column, mine.get(place) ?? data.texts[row][column]);
      paint(view, input, row, column, bad.get(place), marks.get(place));
    }),
  );
  fit(view);
  showSource(view.source, data.source);
  const sentences = [...new Set(bad.values())].slice(0, data.most_sentences);
  if (view.told !== sentences.join("\n")) {
    view.told = sentences.join("\n");
    view.said.replaceChildren(...sentences.map((sentence) => element("span", "", sentence)));
  }
}

function look(view) {
  const { style } = view.root;
  for (const name of ["plus", "muted"]) {
    const value = view.data.colours[name];
    if (style.getPropertyValue(`--${name}`) !== value) style.setProperty(`--${name}`, value);
  }
}
