// What a figure's traces are drawn as: cells, bars, lines, dots, numbers, hatching.

import { svg } from "../../shared/drawing.js";
import { channels } from "../../shared/colours.js";
import { round } from "./numbers.js";
import { thickness } from "./room.js";
import { written } from "./writing.js";

const DASHES = { dash: [3, 3], dot: [1, 1], dashdot: [3, 1, 1, 1], longdash: [5, 2] };
const LONG_DASHDOT = [5, 2, 1, 2];
let patterns = 0;

// Adds a trace to ``into``; what it needs to be defined goes into ``defs``.
export function drawTrace(trace, place, into, defs) {
  const group = svg("g");
  if (trace.opacity !== undefined) group.setAttribute("opacity", trace.opacity);
  ({ heatmap: cells, bar: bars, scatter: points })[trace.type](trace, place, group, defs);
  into.append(group);
}

function cells(trace, { across, down }, group) {
  const paint = colouring(trace);
  trace.z.forEach((line, row) => {
    const [y, height] = between(down, row - 0.5, row + 0.5, trace.ygap ?? 0);
    for (let column = 0; column < line.length; column += 1) {
      const value = line[column];
      if (value === null || !Number.isFinite(value)) continue;
      const [x, width] = between(across, column - 0.5, column + 0.5, trace.xgap ?? 0);
      group.append(svg("rect", { x, y, width, height, fill: paint(value) }));
    }
  });
}

function between(axis, first, last, gap) {
  const [a, b] = [axis.at(first), axis.at(last)];
  const length = Math.max(Math.abs(b - a) - gap, 0.5);
  return [round(Math.min(a, b) + gap / 2), round(length)];
}

// The colour of a value on a trace's scale, mixed as Plotly does.
export function colouring({ colorscale, zmin, zmax }) {
  const stops = colorscale.map(([at, colour]) => [at, channels(colour)]);
  return (value) => {
    const share = Math.min(Math.max((value - zmin) / (zmax - zmin || 1), 0), 1);
    const next = Math.max(1, stops.findIndex(([at]) => at >= share));
    const [[low, from], [high, to]] = [stops[next - 1], stops[next]];
    const part = (share - low) / (high - low);
    return `rgb(${from.map((one, i) => Math.round(one + (to[i] - one) * part)).join(",")})`;
  };
}

// Where each bar lies: its number, its box, and the point at its end.
export function barBoxes(trace, { across, down }, gap) {
  const level = trace.orientation === "h";
  const [along, beside] = level ? [across, down] : [down, across];
  const [values, places] = level ? [trace.x, trace.y] : [trace.y, trace.x];
  const half = thickness(trace, gap) / 2;
  return [...values].map((value, number) => {
    const [side, thick] = between(beside, places[number] - half, places[number] + half, 0);
    const [from, to] = [along.at(0), along.at(Number.isFinite(value) ? value : 0)];
    const [start, length] = [Math.min(from, to), Math.abs(to - from)];
    const box = level
      ? { x: start, y: side, width: length, height: thick }
      : { x: side, y: start, width: thick, height: length };
    return { number, box, end: to, middle: side + thick / 2, level, back: to < from === level };
  });
}

function bars(trace, place, group) {
  const { marker } = trace;
  for (const bar of barBoxes(trace, place, place.gap)) {
    const { number, box } = bar;
    const line = marker.line ?? {};
    if (box.width > 0.01 && box.height > 0.01) {
      const d = rounded(box, bar, marker.cornerradius ?? 0);
      const stroke = { stroke: pick(line.color, number), "stroke-width": pick(line.width, number) };
      const drawn = stroke["stroke-width"] ? stroke : {};
      const fill = { fill: pick(marker.color, number), opacity: marker.opacity ?? 1 };
      group.append(svg("path", { d, ...fill, ...drawn }));
    }
    if (trace.text) {
      const [text, font] = [pick(trace.text, number), trace.textfont];
      group.append(barText(text, bar, font, place.font));
    }
  }
}

function barText(text, { end, middle, level, back }, own, font) {
  const away = back ? -1 : 1;
  const look = { size: own?.size ?? font.size, color: own?.color ?? font.color };
  return level
    ? written(text, end + 3 * away, middle, { ...look, anchor: back ? "end" : "start" })
    : written(text, middle, end - 3 * away, { ...look, rise: back ? 1 : -1 });
}

// Only the corners at the end of a bar are round.
function rounded({ x, y, width, height }, { level, back }, corner) {
  const r = Math.min(corner, width / (level ? 1 : 2), height / (level ? 2 : 1));
  const [l, t, e, b] = [x, y, x + width, y + height].map(round);
  if (level && !back) {
    return `M${l},${t}H${e - r}A${r},${r} 0 0 1 ${e},${t + r}V${b - r}A${r},${r} 0 0 1 ${e - r},${b}H${l}Z`;
  }
  if (level) {
    return `M${e},${t}H${l + r}A${r},${r} 0 0 0 ${l},${t + r}V${b - r}A${r},${r} 0 0 0 ${l + r},${b}H${e}Z`;
  }
  if (back) {
    return `M${l},${t}V${b - r}A${r},${r} 0 0 0 ${l + r},${b}H${e - r}A${r},${r} 0 0 0 ${e},${b - r}V${t}Z`;
  }
  return `M${l},${b}V${t + r}A${r},${r} 0 0 1 ${l + r},${t}H${e - r}A${r},${r} 0 0 1 ${e},${t + r}V${b}Z`;
}

function points(trace, place, group, defs) {
  if (trace.visible === false) return;
  const { across, down } = place;
  const mode = trace.mode ?? "lines";
  const clipped = trace.cliponaxis === false ? {} : { "clip-path": `url(#${place.clip})` };
  const inner = svg("g", clipped);
  if (trace.fill || mode.includes("lines")) {
    const d = path(trace, across, down, trace.fill);
    if (trace.fill) {
      const fill = trace.fillpattern ? hatch(trace.fillpattern, defs) : trace.fillcolor;
      inner.append(svg("path", { d, fill, stroke: "none" }));
    }
    const line = trace.line ?? {};
    if (mode.includes("lines") && line.width !== 0) {
      inner.append(svg("path", { d, ...strokeOf(line), fill: "none", "stroke-linejoin": "round" }));
    }
  }
  group.append(inner);
  const dots = mode.includes("markers");
  const texts = mode.includes("text") && trace.text;
  if (!dots && !texts) return;
  each(trace, (x, y, number) => {
    const at = [across.at(x), down.at(y)];
    const beyond = !within(at[0], across) || !within(at[1], down);
    if (beyond && trace.cliponaxis !== false) return;
    if (dots) group.append(dot(trace.marker, number, ...at));
    if (!texts) return;
    const size = pick(trace.textfont?.size, number) ?? place.font.size;
    const color = pick(trace.textfont?.color, number) ?? place.font.color;
    const far = dots ? (pick(trace.marker.size, number) ?? 6) / 1.6 + 1 : 0;
    const [vertical, level] = (pick(trace.textposition, number) ?? "middle center").split(" ");
    const sideways = { left: -1, center: 0, right: 1 }[level];
    const rise = { top: -1, middle: 0, bottom: 1 }[vertical];
    const anchor = { left: "end", center: "middle", right: "start" }[level];
    const text = pick(trace.text, number);
    group.append(written(text, at[0] + sideways * far, at[1] + rise * far, { size, color, anchor, rise }));
  });
}

export function each(trace, visit) {
  for (let i = 0; i < trace.x.length; i += 1) {
    const [x, y] = [trace.x[i], trace.y[i]];
    if (x !== null && y !== null && Number.isFinite(x) && Number.isFinite(y)) visit(x, y, i);
  }
}

function within(pixel, { offset, length }) {
  return pixel >= offset - 0.5 && pixel <= offset + length + 0.5;
}

// A gap in the numbers is a gap in the line.
function path(trace, across, down, closed) {
  let [d, drawing] = ["", false];
  for (let i = 0; i < trace.x.length; i += 1) {
    const [x, y] = [trace.x[i], trace.y[i]];
    const known = x !== null && y !== null && Number.isFinite(x) && Number.isFinite(y);
    if (known) d += `${drawing ? "L" : "M"}${round(across.at(x))},${round(down.at(y))}`;
    else if (drawing && closed) d += "Z";
    drawing = known;
  }
  return d && closed && drawing ? `${d}Z` : d;
}

export function strokeOf({ color, width = 2, dash = "solid" }) {
  const parts = dash === "longdashdot" ? LONG_DASHDOT : DASHES[dash];
  const dashes = parts ? { "stroke-dasharray": parts.map((part) => part * Math.max(3, width)) } : {};
  return { stroke: color, "stroke-width": width, ...dashes };
}

export function dot(marker, number, x, y) {
  const shape = pick(marker.symbol, number) ?? "circle";
  const size = pick(marker.size, number) ?? 6;
  const color = pick(marker.color, number);
  const line = marker.line ?? {};
  const width = pick(line.width, number) ?? 0;
  const open = shape.endsWith("-open");
  const looks = open
    ? { fill: "none", stroke: color, "stroke-width": width || 1 }
    : { fill: color, stroke: width ? pick(line.color, number) : "none", "stroke-width": width };
  const d = SHAPES[shape.replace(/-open$/, "")](size / 2);
  const transform = `translate(${round(x)},${round(y)})`;
  return svg("path", { d, transform, opacity: marker.opacity ?? 1, ...looks });
}

const SHAPES = {
  circle: (r) => `M${r},0A${r},${r} 0 1 1 0,${-r}A${r},${r} 0 0 1 ${r},0Z`,
  square: (r) => `M${r},${r}H${-r}V${-r}H${r}Z`,
  diamond: (r) => `M${r * 1.3},0L0,${r * 1.3}L${-r * 1.3},0L0,${-r * 1.3}Z`,
  "triangle-up": (r) => `M${-r * 1.15},${r / 2}H${r * 1.15}L0,${-r}Z`,
  cross: (r) => {
    const [a, b] = [r * 0.4, r * 1.2];
    return `M${b},${a}H${a}V${b}H${-a}V${a}H${-b}V${-a}H${-a}V${-b}H${a}V${-a}H${b}Z`;
  },
  x: (r) => {
    const [a, b] = [(r * 0.8) / Math.SQRT2, (r * 2.4) / Math.SQRT2];
    const d = `M0,${a}L${b - a},${b}L${b},${b - a}L${a},0L${b},${a - b}L${b - a},${-b}`;
    return `${d}L0,${-a}L${a - b},${-b}L${-b},${a - b}L${-a},0L${-b},${b - a}L${a - b},${b}Z`;
  },
  "line-ns": (r) => `M0,${r * 1.4}V${-r * 1.4}`,
};

function hatch({ size, solidity, fgcolor }, defs) {
  const id = `clearhead-hatch-${(patterns += 1)}`;
  const s = size;
  const d = `M${-s / 4},${s / 4}l${s / 2},${-s / 2}M0,${s}L${s},0M${(3 * s) / 4},${(5 * s) / 4}l${s / 2},${-s / 2}`;
  const pattern = svg("pattern", { id, width: s, height: s, patternUnits: "userSpaceOnUse" });
  const width = solidity * s;
  pattern.append(svg("path", { d, stroke: fgcolor, "stroke-width": width, fill: "none" }));
  defs.append(pattern);
  return `url(#${id})`;
}

// One value for all, or a list of them.
export function pick(values, number) {
  return Array.isArray(values) || ArrayBuffer.isView(values) ? values[number] : values;
}
