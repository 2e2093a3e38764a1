// What lies under the cursor, and the label that says it.

import { element } from "../../shared/elements.js";
import { barBoxes, each } from "./marks.js";
import { templated } from "./numbers.js";
import { lines } from "./words.js";

const NEAR = 20;

// The point at a place in pixels: {words, x, y, number}, or null. Points on lines first, then bars and cells.
export function under(traces, place, x, y) {
  let found = null;
  for (const trace of traces) {
    if (trace.type !== "scatter" || silent(trace)) continue;
    each(trace, (px, py, number) => {
      const at = [place.across.at(px), place.down.at(py)];
      const far = Math.hypot(at[0] - x, at[1] - y);
      if (far > NEAR || far > (found?.far ?? Infinity)) return;
      if (!inside(place, ...at)) return;
      found = { far, trace, number, x: at[0], y: at[1], point: { x: px, y: py } };
    });
  }
  found ??= barUnder(traces, place, x, y) ?? cellUnder(traces, place, x, y);
  return found && { ...found, words: wordsOf(found) };
}

function silent(trace) {
  return trace.visible === false || trace.hoverinfo === "skip" || !trace.hovertemplate;
}

function inside({ across, down }, x, y) {
  const within = (value, { offset, length }) => value >= offset - 1 && value <= offset + length + 1;
  return within(x, across) && within(y, down);
}

function barUnder(traces, place, x, y) {
  for (const trace of traces.toReversed()) {
    if (trace.type !== "bar" || silent(trace)) continue;
    for (const { number, box, end, middle, level } of barBoxes(trace, place, place.gap)) {
      const hit =
        x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
      if (!hit) continue;
      const at = level ? { x: end, y: middle } : { x: middle, y: end };
      return { trace, number, ...at, point: { x: trace.x[number], y: trace.y[number] } };
    }
  }
  return null;
}

function cellUnder(traces, place, x, y) {
  if (!inside(place, x, y)) return null;
  const [row, column] = [Math.round(place.down.back(y)), Math.round(place.across.back(x))];
  for (const trace of traces.toReversed()) {
    if (trace.type !== "heatmap" || silent(trace)) continue;
    const value = trace.z[row]?.[column];
    if (value === undefined) continue;
    const gap = value === null || !Number.isFinite(value);
    if (gap && trace.hoverongaps === false) continue;
    return atCell(trace, place, row, column);
  }
  return null;
}

function atCell(trace, place, row, column) {
  const at = { x: place.across.at(column), y: place.down.at(row) };
  return { trace, number: [row, column], ...at, point: { x: column, y: row } };
}

// The cell or the bar at which the keyboard stands.
export function atPlace(traces, walk, place, row, column) {
  const trace = traces[walk.traces[0]];
  if (trace.type === "bar") {
    const bar = barBoxes(trace, place, place.gap)[row];
    if (!bar) return null;
    const found = { trace, number: row, x: bar.end, y: bar.middle };
    return { ...found, words: wordsOf({ ...found, point: { x: trace.x[row], y: trace.y[row] } }) };
  }
  const shown = walk.traces
    .map((i) => traces[i])
    .find((one) => Number.isFinite(one.z?.[row]?.[column] ?? NaN));
  const found = atCell(shown ?? trace, place, row, column);
  return { ...found, words: wordsOf(found) };
}

function wordsOf({ trace, number, point }) {
  const at = [number].flat();
  const hovertext = at.reduce((values, i) => values?.[i], trace.hovertext);
  return templated(trace.hovertemplate, { ...point, hovertext });
}

// A small sheet of paper beside the point, on the side that has more room.
export function label(root) {
  const sheet = element("div", "clearhead-plot-label");
  sheet.setAttribute("aria-hidden", "true");
  root.append(sheet);
  return {
    // Of the figure that is drawn now: it may be of the other theme.
    look({ bgcolor, bordercolor, font }) {
      Object.assign(sheet.style, {
        background: bgcolor,
        borderColor: bordercolor,
        color: font.color,
        font: `${font.size}px ${font.family}`,
      });
    },
    show({ words, x, y }) {
      sheet.replaceChildren(
        ...lines(words).map((pieces) => {
          const line = element("div");
          line.append(...pieces.map(({ text, bold }) => element(bold ? "b" : "span", "", text)));
          return line;
        }),
      );
      sheet.classList.add("shown");
      const { offsetWidth: width, offsetHeight: height } = sheet;
      const right = x + 10 + width <= root.clientWidth || x < root.clientWidth / 2;
      const left = right ? x + 8 : x - 8 - width;
      sheet.style.left = `${Math.max(0, Math.min(left, root.clientWidth - width))}px`;
      sheet.style.top = `${Math.max(0, Math.min(y - height / 2, root.clientHeight - height))}px`;
    },
    hide: () => sheet.classList.remove("shown"),
    remove: () => sheet.remove(),
  };
}
