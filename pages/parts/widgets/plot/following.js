// A figure that follows a scrubber: as the server drew it, or the same with another step's numbers in it.

import { paints } from "../shared/colours.js";
import { twoDecimals } from "../shared/numbers.js";
import { join, replayOf, shownTo, want } from "../scrubber/replay.js";
import { filled } from "../shared/words.js";
import { barred, escaped, lensed } from "./saying.js";

const REST = 300;

// The figure to draw in place of ``view.given``. A figure that says in its ``meta.follows`` whom it follows is
// drawn again by ``view.draw`` whenever another step is shown there.
export function followed(view) {
  const follows = view.given.layout.meta?.follows;
  if (view.followsPanel !== follows?.panel) {
    unfollow(view);
    view.followsPanel = follows?.panel;
    if (follows) view.leave = join(follows.panel, () => again(view));
  }
  const moment = follows ? shownTo(follows) : null;
  if (moment && !moment.record && follows.alone) want(replayOf(follows.panel));
  const figure = moment ? changed(view.given, moment) : view.given;
  view.step = figure === view.given ? follows?.step : moment.step;
  return figure;
}

export function unfollow(view) {
  clearTimeout(view.later);
  view.leave?.();
  view.leave = null;
}

// Steps that come while one is being drawn are left out, but for the last. A picture out of sight waits until
// the handle rests, and one that stands alone until those around the handle have moved.
async function again(view) {
  view.stale = true;
  clearTimeout(view.later);
  if (view.redrawing || !view.figure) return;
  if (!isInSight(view.root)) {
    view.later = setTimeout(() => redraw(view), REST);
    return;
  }
  await redraw(view);
}

async function redraw(view) {
  if (view.redrawing) return;
  view.redrawing = true;
  try {
    if (view.given.layout.meta?.follows?.alone) await new Promise(requestAnimationFrame);
    while (view.stale && !view.closed) {
      view.stale = false;
      view.figure = followed(view);
      await view.draw();
    }
  } finally {
    view.redrawing = false;
  }
}

function isInSight(root) {
  const { top, bottom } = root.getBoundingClientRect();
  return bottom > 0 && top < window.innerHeight;
}

export function changed(figure, { step, record }) {
  const { marker, tiles, follows, bars, lens } = figure.layout.meta;
  if (marker) return marked(figure, marker, step);
  if (bars) return record?.next ? barred(figure, bars, record.next) : figure;
  if (lens) return record?.lens ? lensed(figure, lens, record.lens) : figure;
  if (!record?.maps) return figure;
  if (tiles) return tiled(figure, tiles, record);
  return follows.head ? headed(figure, follows.head, record) : figure;
}

// The upright line at the step, and on each curve the dot at what was measured nearest to it.
function marked({ data, layout }, { line, dots }, step) {
  const traces = [...data];
  const shapes = [...layout.shapes];
  shapes[line] = { ...shapes[line], x0: step, x1: step };
  for (const [dot, curve] of dots) {
    const { x, y } = data[curve];
    let nearest = 0;
    x.forEach((at, i) => {
      if (Math.abs(at - step) < Math.abs(x[nearest] - step)) nearest = i;
    });
    traces[dot] = { ...traces[dot], x: [x[nearest]], y: [y[nearest]] };
  }
  return { data: traces, layout: { ...layout, shapes } };
}

// All heads at once: what is empty in the sheet, between maps and behind the mask, stays so.
function tiled(figure, { trace, cover, gap, hover }, { maps, shape, probe }) {
  const [, heads, rows, columns] = shape;
  const pitch = rows + gap;
  const z = figure.data[trace].z.map((line, i) => {
    const start = Math.floor(i / pitch) * heads * rows + (i % pitch);
    return line.map((old, j) => {
      if (Number.isNaN(old)) return NaN;
      const head = Math.floor(j / (columns + gap));
      return maps[(start + head * rows) * columns + (j % (columns + gap))] / 100;
    });
  });
  const hovertext = figure.data[cover].hovertext.map((line, layer) =>
    line.map((_, head) => {
      const [query, key, weight] = strongest(maps, shape, layer, head);
      const link = `${escaped(probe[query])} → ${escaped(probe[key])}`;
      return filled(hover, { layer, head, link, weight: (weight / 100).toFixed(2) });
    }),
  );
  const data = [...figure.data];
  data[trace] = { ...data[trace], z };
  data[cover] = { ...data[cover], hovertext };
  return { data, layout: figure.layout };
}

// One head large, with the numbers in its cells.
function headed(figure, [layer, head], { maps, shape }) {
  const [, heads, rows, columns] = shape;
  const start = (layer * heads + head) * rows * columns;
  const value = (row, column) => maps[start + row * columns + column] / 100;
  const data = figure.data.map((trace) => {
    if (trace.type === "heatmap") {
      const z = trace.z.map((line, row) =>
        Float64Array.from(line, (old, column) => (Number.isNaN(old) ? NaN : value(row, column))),
      );
      return { ...trace, z };
    }
    return trace.meta?.numbers ? renumbered(trace, figure.data[0], value) : trace;
  });
  return { data, layout: figure.layout };
}

function renumbered(trace, { colorscale, zmin, zmax }, value) {
  const colours = paints(colorscale);
  const values = Array.from(trace.x, (column, i) => value(trace.y[i], column));
  const color = values.map((one) => {
    const share = Math.min(Math.max((one - zmin) / (zmax - zmin), 0), 1);
    return colours[Math.round(255 * share)].ink;
  });
  return { ...trace, text: values.map(twoDecimals), textfont: { ...trace.textfont, color } };
}

// The greatest weight and its place, without the first query: it has no choice.
function strongest(maps, [, heads, rows, columns], layer, head) {
  const start = (layer * heads + head) * rows * columns;
  let best = start + (rows > 1 ? columns : 0);
  for (let i = best; i < start + rows * columns; i += 1) if (maps[i] > maps[best]) best = i;
  return [Math.floor((best - start) / columns), (best - start) % columns, maps[best]];
}
