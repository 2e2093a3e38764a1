// A Plotly figure that is updated in place, answers click and keyboard, and keeps its height.

import { decoded } from "../shared/arrays.js";
import { agree, paperOf } from "../shared/theme.js";
import { cellWords, hovertexts, spoken } from "./cells.js";
import { fit } from "./fitting.js";
import { plotly, turnCome } from "./waiting.js";

const views = new WeakMap();
const CONFIG = { displaylogo: false, displayModeBar: false, doubleClick: false };

export default function ({ data, parentElement, setTriggerValue }) {
  let view = views.get(parentElement);
  if (!view) {
    view = open(parentElement);
    views.set(parentElement, view);
  }
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
    figure: null,
    at: null,
    drawnWidth: 0,
    toldTheme: null,
  };
  view.observer = new ResizeObserver(() => {
    if (!view.figure || Math.abs(view.root.clientWidth - view.drawnWidth) < 2) return;
    cancelAnimationFrame(view.frame);
    view.frame = requestAnimationFrame(() => draw(view));
  });
  view.observer.observe(root);
  root.onkeydown = (event) => key(view, event);
  root.onfocus = () => cells(view) && root.matches(":focus-visible") && visit(view);
  root.clearheadSave = (format) => download(view, format);
  root.onblur = () => window.Plotly && view.bound && window.Plotly.Fx.unhover(view.canvas);
  return view;
}

function close(view) {
  view.closed = true;
  view.observer.disconnect();
  cancelAnimationFrame(view.frame);
  if (window.Plotly && view.bound) window.Plotly.purge(view.canvas);
}

async function show(view) {
  const { data, root } = view;
  root.style.height = `${data.height}px`;
  root.dataset.picture = data.filename;
  root.setAttribute("aria-label", data.caption);
  root.classList.toggle("pickable", data.pickable);
  view.failed.textContent = data.words.failed;
  const turn = ++view.drawing;
  view.turnCome ??= turnCome(root);
  await view.turnCome;
  let Plotly;
  try {
    Plotly = await plotly(data.plotly);
  } catch {
    root.classList.add("failed");
    return;
  }
  if (turn !== view.drawing || view.closed) return;
  root.classList.remove("failed");
  if (view.source !== data.figure) {
    view.source = data.figure;
    take(view, JSON.parse(data.figure));
    speak(view);
    await draw(view, Plotly);
    view.at = null;
    view.root.classList.remove("picked");
  }
  const walk = cells(view);
  root.setAttribute("role", walk ? "application" : "img");
  if (walk) root.tabIndex = 0;
  else root.removeAttribute("tabindex");
  agree(view, view.figure.layout.meta?.theme);
}

// Traces that did not change keep their identity: Plotly then redraws the layout alone.
function take(view, figure) {
  const written = figure.data.map((trace) => JSON.stringify(trace));
  figure.data = figure.data.map((trace, i) =>
    view.written?.[i] === written[i] ? view.figure.data[i] : decoded(trace),
  );
  view.written = written;
  view.figure = figure;
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

async function draw(view, Plotly = window.Plotly) {
  if (view.closed) return;
  const width = view.root.clientWidth;
  if (!width) return;
  view.drawnWidth = width;
  const { figure } = view;
  if (await outlined(view, width)) return;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let room = view.room ?? { w: width - 90, h: view.data.height - 70 };
  for (let pass = 0; pass < 2; pass += 1) {
    const fitted = fit(figure, { width, height: view.data.height }, room, still);
    await Plotly.react(view.canvas, fitted.data, fitted.layout, CONFIG);
    if (view.closed || view.figure !== figure) return;
    const { w, h } = view.canvas._fullLayout._size;
    const settled = Math.abs(w - room.w) < 12 && Math.abs(h - room.h) < 12;
    view.room = room = { w, h };
    if (settled) break;
  }
  if (!view.bound) {
    view.bound = true;
    view.canvas.on("plotly_click", (event) => clicked(view, event.points[0]));
  }
  view.drawn = [width, view.data.height, rest(figure), ...figure.data];
  place(view);
}

// Only the outline moved, as it does at every click: a tenth of the work of drawing all.
async function outlined(view, width) {
  const { figure, drawn } = view;
  const now = [width, view.data.height, rest(figure), ...figure.data];
  if (drawn?.length !== now.length || drawn.some((part, i) => part !== now[i])) return false;
  await window.Plotly.relayout(view.canvas, { shapes: figure.layout.shapes ?? [] });
  place(view);
  return true;
}

function rest({ layout }) {
  return JSON.stringify({ ...layout, shapes: null, meta: null });
}

// The picture as it stands, on the page's paper. Called by the buttons under it.
function download(view, format) {
  if (!view.bound) return;
  const { data, layout } = view.canvas;
  const picture = { data, layout: { ...layout, paper_bgcolor: paperOf(view.root) } };
  window.Plotly.downloadImage(picture, {
    format,
    width: view.drawnWidth,
    height: view.data.height,
    scale: format === "png" ? 2 : 1,
    filename: view.data.filename,
  });
}

function clicked(view, point) {
  if (!view.data.pickable || !point) return;
  const number = point.pointNumber ?? point.pointIndex;
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
    window.Plotly?.Fx.unhover(view.canvas);
  } else return;
  event.preventDefault();
  event.stopPropagation();
}

// Where the keyboard stands is framed, its value shown as under the cursor, and said.
function visit(view) {
  const [row, column] = position(view);
  view.at = [row, column];
  place(view);
  const bar = cells(view).columns === 1 && view.canvas._fullData[cells(view).traces[0]];
  const xval = bar ? bar.x[row] / 2 : column;
  window.Plotly.Fx.hover(view.canvas, { xval, yval: row }, "xy");
  view.words.textContent = spoken(entry(view, "hovertext", row, column) ?? "");
}

function place(view) {
  const walk = cells(view);
  const full = view.canvas._fullLayout;
  const shown = Boolean(walk && view.at && full);
  view.cursor.classList.toggle("placed", shown);
  if (!shown) return;
  const { xaxis, yaxis } = full;
  const [row, column] = view.at;
  const bar = walk.columns === 1;
  const left = xaxis._offset + (bar ? 0 : xaxis.l2p(column - 0.5));
  const right = xaxis._offset + (bar ? xaxis._length : xaxis.l2p(column + 0.5));
  const top = yaxis._offset + yaxis.l2p(row - 0.5);
  const bottom = yaxis._offset + yaxis.l2p(row + 0.5);
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
