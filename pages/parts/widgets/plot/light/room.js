// Where everything of a figure stands: the area of its axes, their scales and ticks, legend and colour bar.

import { evenly, tickNames } from "./numbers.js";
import { lineHeight } from "./words.js";

const GAP = 5;
const SAMPLE = 40;
const APART = 2;

// What a figure does not say, its template does.
export function settled(layout) {
  return merged(layout.template?.layout ?? {}, { ...layout, template: undefined });
}

function merged(under, over) {
  if (!plain(under) || !plain(over)) return over === undefined ? under : over;
  const all = { ...under };
  for (const [name, value] of Object.entries(over)) all[name] = merged(under[name], value);
  return all;
}

function plain(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

// ``measure`` gives the width of a text at a size, in pixels.
export function room(data, layout, { width, height }, measure) {
  const { margin } = layout;
  const legend = legendOf(data, layout, width - margin.l - margin.r, measure);
  const bar = colourBar(data, layout, measure);
  const across = axisOf("x", layout.xaxis, data);
  const down = axisOf("y", layout.yaxis, data);
  let area = {
    left: margin.l,
    top: margin.t,
    width: width - margin.l - margin.r,
    height: height - margin.t - margin.b,
  };
  for (let pass = 0; pass < 3; pass += 1) {
    scale(across, area.left, area.width, measure, 80);
    scale(down, area.top, area.height, measure, 40);
    const ends = sides(across, down, measure);
    const left = Math.max(margin.l, layout.yaxis.automargin === false ? 0 : ends.left);
    const right = Math.max(margin.r, ends.right, bar?.width ?? 0);
    const top = Math.max(margin.t, ends.top + legend.height);
    const bottom = Math.max(margin.b, ends.bottom);
    area = {
      left,
      top,
      width: Math.max(width - left - right, 10),
      height: Math.max(height - top - bottom, 10),
    };
  }
  scale(across, area.left, area.width, measure, 80);
  scale(down, area.top, area.height, measure, 40);
  return { area, across, down, legend, bar };
}

function axisOf(letter, axis, data) {
  const [first, last] = axis.range ?? reach(letter, data);
  return { ...axis, letter, range: [first, last] };
}

// As far as the data go, and a little further where dots or numbers would touch the frame.
function reach(letter, data) {
  let [low, high, padded] = [Infinity, -Infinity, letter === "y"];
  for (const trace of data) {
    if (trace.visible === false) continue;
    let values = trace[letter];
    if (trace.type === "heatmap") {
      const count = letter === "y" ? trace.z.length : (trace.z[0]?.length ?? 1);
      values = [-0.5, count - 0.5];
      padded = false;
    } else if (trace.type === "bar") {
      const along = (trace.orientation === "h") === (letter === "x");
      const half = thickness(trace, 0.2) / 2;
      values = along
        ? [0, ...values]
        : [...values].flatMap((value) => [value - half, value + half]);
    } else if (trace.mode?.includes("markers")) padded = true;
    for (const value of values) {
      if (value === null || !Number.isFinite(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (low > high) return [0, 1];
  const more = padded ? 0.055 * (high - low || 1) : 0;
  return [low - more, high + more];
}

// How thick a trace's bars are, in units of their axis.
export function thickness(trace, gap) {
  if (typeof trace.width === "number") return trace.width;
  const places = [...(trace.orientation === "h" ? trace.y : trace.x)].sort((a, b) => a - b);
  const steps = places.slice(1).map((place, i) => place - places[i]);
  return (1 - gap) * Math.min(1, ...steps.filter((step) => step > 0));
}

function scale(axis, offset, length, measure, least) {
  const [first, last] = axis.range;
  const upward = axis.letter === "y";
  axis.offset = offset;
  axis.length = length;
  axis.at = (value) => {
    const share = (value - first) / (last - first || 1);
    return offset + length * (upward ? 1 - share : share);
  };
  axis.back = (pixel) => {
    const share = (pixel - offset) / length;
    return first + (last - first) * (upward ? 1 - share : share);
  };
  const count = axis.nticks || Math.min(Math.max(length / least, 4), 9) + 1;
  const values = axis.tickvals ?? evenly(axis.range, count);
  const names = axis.ticktext ?? tickNames([...values], axis.range, axis.tickformat);
  const [low, high] = first < last ? [first, last] : [last, first];
  axis.ticks = [...values]
    .map((value, i) => ({ value, text: String(names[i] ?? "") }))
    .filter(({ value }) => value >= low - 1e-9 && value <= high + 1e-9);
  axis.turned = axis.letter === "x" ? turn(axis, measure) : 0;
}

// The first angle at which names of the x axis do not lie on each other.
function turn(axis, measure) {
  const size = axis.tickfont.size;
  if (typeof axis.tickangle === "number") return axis.tickangle;
  const places = axis.ticks.map((tick) => axis.at(tick.value));
  const widths = axis.ticks.map((tick) => measure(tick.text, size));
  const angles = axis.autotickangles ?? [0, 30, 90];
  const fits = (angle) => {
    const radians = (Math.abs(angle) * Math.PI) / 180;
    return places.every((place, i) => {
      if (i === 0) return true;
      const step = Math.abs(place - places[i - 1]);
      if (angle === 0) return (widths[i] + widths[i - 1]) / 2 + APART < step;
      return lineHeight(size) < step * Math.sin(radians);
    });
  };
  return angles.find(fits) ?? angles.at(-1);
}

// How much the names around the axes take on each side.
function sides(across, down, measure) {
  const found = { left: 0, right: 0, top: 0, bottom: 0 };
  if (down.visible !== false) {
    const widest = Math.max(0, ...down.ticks.map((t) => measure(t.text, down.tickfont.size)));
    down.outer = widest + GAP;
    found.left = down.outer + titleRoom(down) + 3;
  }
  if (across.visible !== false) {
    const { size } = across.tickfont;
    const widest = Math.max(0, ...across.ticks.map((t) => measure(t.text, size)));
    const radians = (Math.abs(across.turned) * Math.PI) / 180;
    const high = widest * Math.sin(radians) + lineHeight(size) * Math.cos(radians);
    across.outer = across.showticklabels === false ? GAP : high + GAP;
    found[across.side === "top" ? "top" : "bottom"] = across.outer + titleRoom(across) + 2;
    const last = across.ticks.at(-1);
    if (last && across.turned === 0) {
      const over = across.at(last.value) + measure(last.text, size) / 2;
      found.right = over - across.offset - across.length;
    }
    if (across.turned < 0 && across.side === "top" && last) {
      const reaching = measure(last.text, size) * Math.cos(radians);
      found.right = across.at(last.value) + reaching - across.offset - across.length;
    }
  }
  return found;
}

function titleRoom(axis) {
  return axis.title?.text ? axis.title.standoff + lineHeight(axis.title.font.size) : 0;
}

// Entries in rows above the picture, each named once for its group.
function legendOf(data, layout, width, measure) {
  const entries = [];
  if (layout.showlegend) {
    const groups = new Set();
    data.forEach((trace, i) => {
      if (trace.showlegend === false || !trace.name) return;
      if (trace.legendgroup && groups.has(trace.legendgroup)) return;
      groups.add(trace.legendgroup);
      entries.push({ trace, group: trace.legendgroup ?? i });
    });
  }
  const { size } = layout.legend.font;
  const high = lineHeight(size) + 4;
  let [x, row] = [0, 0];
  for (const entry of entries) {
    entry.width = SAMPLE + measure(entry.trace.name, size) + 8;
    if (x > 0 && x + entry.width > width) [x, row] = [0, row + 1];
    Object.assign(entry, { x, row });
    x += entry.width + 4;
  }
  return { entries, high, height: entries.length ? (row + 1) * high + 8 : 0 };
}

function colourBar(data, layout, measure) {
  const trace = data.find((one) => one.type === "heatmap" && one.showscale !== false);
  if (!trace) return null;
  const bar = trace.colorbar;
  const range = [trace.zmin, trace.zmax];
  const values = bar.tickvals ?? evenly(range, bar.nticks ?? 5);
  const names = bar.ticktext ?? tickNames([...values], range);
  const ticks = [...values].map((value, i) => ({ value, text: String(names[i]) }));
  const widest = Math.max(0, ...ticks.map((tick) => measure(tick.text, bar.tickfont.size)));
  const title = bar.title?.text ? measure(bar.title.text, bar.title.font.size) : 0;
  const inner = Math.max(bar.thickness + GAP + widest, title);
  return { trace, ticks, width: 8 + bar.xpad + inner + bar.xpad };
}

