// What stands around a figure's marks: grid, names of the axes, lines and notes, legend, colour bar.

import { svg } from "../../shared/drawing.js";
import { dot, strokeOf } from "./marks.js";
import { round } from "./numbers.js";
import { lineHeight } from "./words.js";
import { written } from "./writing.js";

const GAP = 5;
const EDGE = 2;
let scales = 0;

export function drawGrid({ across, down }, into) {
  for (const axis of [across, down]) {
    if (axis.visible === false || !axis.showgrid) continue;
    for (const { value } of axis.ticks) {
      if (value === 0 && axis.zeroline) continue;
      into.append(crossing(axis, value, across, down, axis.gridcolor, 1));
    }
  }
  for (const axis of [across, down]) {
    const [low, high] = [Math.min(...axis.range), Math.max(...axis.range)];
    if (axis.visible === false || !axis.zeroline || low > 0 || high < 0) continue;
    into.append(crossing(axis, 0, across, down, axis.zerolinecolor, 1));
  }
}

// A line across the picture at a value of one axis.
function crossing(axis, value, across, down, color, width) {
  const at = round(axis.at(value));
  const ends =
    axis === across
      ? { x1: at, x2: at, y1: down.offset, y2: down.offset + down.length }
      : { y1: at, y2: at, x1: across.offset, x2: across.offset + across.length };
  return svg("line", { ...ends, stroke: color, "stroke-width": width });
}

export function drawAxes({ across, down }, into) {
  if (across.visible !== false) drawAcross(across, down, into);
  if (down.visible !== false) drawDown(across, down, into);
}

function drawAcross(across, down, into) {
  const above = across.side === "top";
  const edge = above ? down.offset - EDGE : down.offset + down.length + EDGE;
  const away = above ? -1 : 1;
  const { size, color } = across.tickfont;
  if (across.showline) {
    const line = { x1: across.offset, x2: across.offset + across.length, y1: edge, y2: edge };
    into.append(svg("line", { ...line, stroke: across.linecolor }));
  }
  if (across.showticklabels !== false) {
    for (const { value, text } of across.ticks) {
      const [x, y] = [across.at(value), edge + 3 * away];
      const angle = across.turned;
      const turnedEnd = above === angle < 0 ? "start" : "end";
      const look = angle ? { anchor: turnedEnd, angle } : { rise: away };
      const sunk = angle ? away * size * 0.2 : 0;
      into.append(written(text, x, y + sunk, { size, color, ...look }));
    }
  }
  if (across.title?.text) {
    const { font, standoff, text } = across.title;
    const y = edge + away * (across.outer + standoff - GAP + font.size / 2 + 3);
    into.append(written(text, across.offset + across.length / 2, y, font));
  }
}

function drawDown(across, down, into) {
  const edge = across.offset - EDGE;
  const { size, color } = down.tickfont;
  if (down.showline) {
    const line = { y1: down.offset, y2: down.offset + down.length, x1: edge, x2: edge };
    into.append(svg("line", { ...line, stroke: down.linecolor }));
  }
  if (down.showticklabels !== false) {
    for (const { value, text } of down.ticks) {
      into.append(written(text, edge - 3, down.at(value), { size, color, anchor: "end" }));
    }
  }
  if (down.title?.text) {
    const { font, standoff, text } = down.title;
    const x = edge - down.outer - standoff + GAP - font.size / 2 - 2;
    into.append(written(text, x, down.offset + down.length / 2, { ...font, angle: -90 }));
  }
}

export function drawShape(shape, { across, down }, into) {
  const x = spot(shape.xref, across);
  const y = spot(shape.yref, down);
  const [x0, x1, y0, y1] = [x(shape.x0), x(shape.x1), y(shape.y0), y(shape.y1)].map(round);
  const stroke = strokeOf(shape.line ?? {});
  const looks = { ...stroke, fill: shape.fillcolor ?? "none", opacity: shape.opacity ?? 1 };
  const mark =
    shape.type === "line"
      ? svg("line", { x1: x0, x2: x1, y1: y0, y2: y1, ...looks })
      : svg("rect", {
          x: Math.min(x0, x1),
          y: Math.min(y0, y1),
          width: Math.abs(x1 - x0),
          height: Math.abs(y1 - y0),
          ...looks,
        });
  into.append(mark);
}

// Where a value stands, in the axis' own units or as a share of the picture.
function spot(reference, axis) {
  if (reference !== "paper") return axis.at;
  const upward = axis.letter === "y";
  return (share) => axis.offset + axis.length * (upward ? 1 - share : share);
}

export function drawNote(note, { across, down, font }, into) {
  const look = { size: note.font?.size ?? font.size, color: note.font?.color ?? font.color };
  const x = spot(note.xref, across)(note.x) + (note.xshift ?? 0);
  const y = spot(note.yref, down)(note.y) - (note.yshift ?? 0);
  const anchor = { left: "start", right: "end" }[note.xanchor] ?? own(note.xref, note.x);
  const rise = { top: 1, bottom: -1 }[note.yanchor] ?? 0;
  into.append(written(note.text, x, y, { ...look, anchor, rise }));
}

function own(reference, place) {
  if (reference !== "paper") return "middle";
  return place < 1 / 3 ? "start" : place > 2 / 3 ? "end" : "middle";
}

// Entries answer a click: what they name is left out, and comes back.
export function drawLegend({ legend, area, across }, layout, hidden, into, toggle) {
  const { font } = layout.legend;
  const top = area.top - legend.height;
  for (const { trace, group, x, row, width } of legend.entries) {
    const entry = svg("g", { opacity: hidden.has(group) ? 0.4 : 1, class: "entry" });
    const middle = top + row * legend.high + legend.high / 2;
    const left = across.offset + x;
    sample(trace, left + 5, middle, entry);
    entry.append(written(trace.name, left + 40, middle, { ...font, anchor: "start" }));
    const place = { x: left, y: middle - legend.high / 2, width, height: legend.high };
    entry.append(svg("rect", { ...place, fill: "transparent" }));
    entry.addEventListener("click", (event) => {
      event.stopPropagation();
      toggle(group);
    });
    into.append(entry);
  }
}

function sample(trace, left, middle, into) {
  const looks = trace.opacity ?? 1;
  if (trace.type === "bar") {
    const place = { x: left + 9, y: middle - 6, width: 12, height: 12 };
    into.append(svg("rect", { ...place, fill: [trace.marker.color].flat()[0], opacity: looks }));
    return;
  }
  if (trace.fill) {
    const place = { x: left, y: middle - 6, width: 30, height: 12 };
    into.append(svg("rect", { ...place, fill: trace.fillcolor, opacity: looks }));
  }
  if (trace.mode?.includes("lines") && trace.line?.width !== 0) {
    const ends = { x1: left, x2: left + 30, y1: middle, y2: middle };
    into.append(svg("line", { ...ends, ...strokeOf(trace.line ?? {}), opacity: looks }));
  }
  if (trace.mode?.includes("markers")) {
    const marker = { ...trace.marker, size: Math.min([trace.marker.size].flat()[0] ?? 6, 16) };
    into.append(dot(marker, 0, left + 15, middle));
  }
}

export function drawColourBar({ bar, area }, into, defs) {
  if (!bar) return;
  const { trace, ticks } = bar;
  const settings = trace.colorbar;
  const id = `clearhead-scale-${(scales += 1)}`;
  const gradient = svg("linearGradient", { id, x1: 0, x2: 0, y1: 1, y2: 0 });
  for (const [offset, colour] of trace.colorscale) {
    gradient.append(svg("stop", { offset, "stop-color": colour }));
  }
  defs.append(gradient);
  const x = area.left + area.width + 8 + settings.xpad;
  const title = settings.title?.text;
  const head = title ? lineHeight(settings.title.font.size) + 6 : 0;
  const [y, height] = [area.top + head + 8, area.height - head - 16];
  into.append(svg("rect", { x, y, width: settings.thickness, height, fill: `url(#${id})` }));
  if (title) {
    into.append(written(title, x, area.top + 8 + head / 2 - 3, { ...settings.title.font, anchor: "start" }));
  }
  for (const { value, text } of ticks) {
    const share = (value - trace.zmin) / (trace.zmax - trace.zmin || 1);
    if (share < -1e-9 || share > 1 + 1e-9) continue;
    const at = [x + settings.thickness + GAP, y + height * (1 - share)];
    into.append(written(text, ...at, { ...settings.tickfont, anchor: "start" }));
  }
}
