// A figure that is updated in place, answers click and keyboard, and keeps its height.

import { decoded } from "../shared/arrays.js";
import { keeping } from "../shared/loading/keeping.js";
import { agree } from "../shared/theme.js";
import { cellWords, hovertexts, spoken } from "./cells.js";
import { followed, unfollow } from "./following.js";
import { byPlotly } from "./heavy.js";
import { covers } from "./light/covers.js";
import { lightly } from "./light/light.js";
import { comesNear, fetchAhead, idle } from "./waiting.js";

const viewOf = keeping(open);

export default function ({ data, parentElement, setTriggerValue }) {
  const view = viewOf(parentElement);
  view.data = data;
  view.send = setTriggerValue;
  show(view);
  return () => close(view);
}

function open(parent) {
  const root = parent.querySelector(".clearhead-plot");
  const part = (name) => root.querySelector(`.clearhead-plot-${name}`);
  const view = {
    root,
    canvas: part("canvas"),
    cursor: part("cursor"),
    words: part("words"),
    failed: part("failed"),
    drawing: 0,
    source: null,
    given: null,
    figure: null,
    at: null,
    drawnWidth: 0,
    toldTheme: null,
    gone: new AbortController(),
  };
  view.observer = new ResizeObserver(() => {
    if (!view.figure || Math.abs(view.root.clientWidth - view.drawnWidth) < 2) return;
    cancelAnimationFrame(view.frame);
    view.frame = requestAnimationFrame(() => draw(view));
  });
  view.draw = () => speak(view) ?? draw(view);
  view.observer.observe(root);
  root.onkeydown = (event) => key(view, event);
  root.onfocus = () => cells(view) && root.matches(":focus-visible") && visit(view);
  root.clearheadSave = (format) => view.pen?.save(format, view.data.filename);
  root.onblur = () => view.pen?.unhover();
  return view;
}

function close(view) {
  view.closed = true;
  view.gone.abort();
  unfollow(view);
  view.observer.disconnect();
  cancelAnimationFrame(view.frame);
  view.pen?.close();
}

async function show(view) {
  const { data, root } = view;
  root.style.height = `${data.height}px`;
  root.dataset.picture = data.filename;
  root.setAttribute("aria-label", data.caption);
  root.classList.toggle("pickable", data.pickable);
  view.failed.textContent = data.words.failed;
  const turn = ++view.drawing;
  view.near ??= comesNear(root, view.gone.signal);
  await (view.turnCome ??= Promise.race([view.near, idle()]));
  if (turn !== view.drawing || view.closed) return;
  if (view.source !== data.figure) {
    if (!(await penFor(view, JSON.parse(data.figure), turn))) return;
    view.source = data.figure;
    speak(view);
    await draw(view);
    view.at = null;
    view.root.classList.remove("picked");
  }
  root.classList.remove("failed");
  const walk = cells(view);
  root.setAttribute("role", walk ? "application" : "img");
  if (walk) root.tabIndex = 0;
  else root.removeAttribute("tabindex");
  agree(view, view.figure.layout.meta?.theme);
  if (view.light) fetchAhead(data.plotly);
}

// Take the figure and what can draw it, of which a picture has one at a time: whether both are there.
async function penFor(view, figure, turn) {
  const { root, canvas } = view;
  const taken = taking(view, figure);
  const light = covers(taken.given);
  const picked = (number) => clicked(view, number);
  let pen = view.light === light ? view.pen : null;
  if (!pen && !light) {
    await view.near;
    try {
      pen = await byPlotly(root, canvas, picked, view.data.plotly);
    } catch {
      root.classList.add("failed");
      return false;
    }
    if (turn !== view.drawing || view.closed) return false;
  }
  if (pen !== view.pen || !pen) {
    view.pen?.close();
    view.pen = pen ?? lightly(root, canvas, picked);
  }
  view.light = light;
  Object.assign(view, taken);
  view.figure = followed(view);
  return true;
}

// Traces that did not change keep their identity: Plotly then redraws the layout alone.
function taking(view, figure) {
  const written = figure.data.map((trace) => JSON.stringify(trace));
  figure.data = figure.data.map((trace, i) =>
    view.written?.[i] === written[i] ? view.given.data[i] : decoded(trace),
  );
  return { written, given: figure };
}

// Cells of a figure that tells how to word them answer the cursor without a text for each.
function speak(view) {
  const walk = cells(view);
  if (!walk?.words) return;
  for (const i of walk.traces) {
    view.figure.data[i].hovertext ??= hovertexts(walk.rows, walk.columns, (row, column) =>
      cellWords(view.figure, row, column),
    );
  }
}

async function draw(view) {
  if (view.closed) return;
  const width = view.root.clientWidth;
  if (!width) return;
  view.drawnWidth = width;
  const { step } = view;
  await view.pen.draw(view.figure, { width, height: view.data.height });
  if (view.closed) return;
  if (step === view.step) view.root.dataset.step = step ?? "";
  place(view);
}

function clicked(view, number) {
  if (!view.data.pickable || number === undefined) return;
  pick(view, Array.isArray(number) ? number : [number, 0]);
}

function pick(view, [row, column]) {
  view.at = [row, column];
  place(view);
  view.root.classList.add("picked");
  view.send("click", { row, column, customdata: entry(view, "customdata", row, column) ?? null });
}

function key(view, event) {
  const walk = cells(view);
  if (!walk || event.ctrlKey || event.metaKey || event.altKey) return;
  const [row, column] = position(view);
  const moves = {
    ArrowUp: [row - 1, column],
    ArrowDown: [row + 1, column],
    ArrowLeft: [row, column - 1],
    ArrowRight: [row, column + 1],
    Home: [row, 0],
    End: [row, walk.columns - 1],
  };
  if (moves[event.key]) {
    const within = (value, count) => Math.min(Math.max(value, 0), count - 1);
    const [toRow, toColumn] = moves[event.key];
    view.at = [within(toRow, walk.rows), within(toColumn, walk.columns)];
    visit(view);
  } else if ((event.key === "Enter" || event.key === " ") && view.data.pickable) {
    pick(view, [row, column]);
  } else if (event.key === "Escape") {
    view.pen.unhover();
  } else return;
  event.preventDefault();
  event.stopPropagation();
}

// Where the keyboard stands is framed, its value shown as under the cursor, and said.
function visit(view) {
  const [row, column] = position(view);
  view.at = [row, column];
  place(view);
  view.pen.hover(row, column);
  view.words.textContent = spoken(entry(view, "hovertext", row, column) ?? "");
}

function place(view) {
  const walk = cells(view);
  const axes = view.pen.axes();
  const shown = Boolean(walk && view.at && axes);
  view.cursor.classList.toggle("placed", shown);
  if (!shown) return;
  const [across, down] = axes;
  const [row, column] = view.at;
  const bar = walk.columns === 1;
  const left = bar ? across.offset : across.at(column - 0.5);
  const right = bar ? across.offset + across.length : across.at(column + 0.5);
  const [top, bottom] = [down.at(row - 0.5), down.at(row + 0.5)];
  Object.assign(view.cursor.style, {
    left: `${left}px`,
    top: `${top}px`,
    width: `${right - left}px`,
    height: `${bottom - top}px`,
  });
}

function cells(view) {
  return view.figure?.layout.meta?.cells;
}

function position(view) {
  return view.at ?? cells(view).at;
}

function entry(view, field, row, column) {
  const values = view.figure.data[cells(view).traces[0]][field];
  const line = values?.[row];
  return cells(view).columns === 1 ? line : line?.[column];
}
