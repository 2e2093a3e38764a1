// How wide each card of the chain may be, and in which of its forms it is shown.

import { axis, tabled } from "../matrix.js";
import { digits } from "../numbers.js";

export const GAP = 16;

// The current card keeps its digits; its sources give theirs up only if they would not fit beside it.
export function fitted(view, names) {
  const room = view.width;
  const widths = (name) => modesOf(view, name);
  const sizes = {};
  if (room < 700 || view.whole) {
    for (const name of names) {
      const { full, dense } = widths(name);
      const mode = full <= room ? "full" : dense <= room || room < 700 ? "dense" : "blank";
      sizes[name] = { mode, width: room - 30 };
    }
    return sizes;
  }
  const current = view.at.stage;
  const others = names.filter((name) => name !== current);
  const gaps = GAP * (names.length - 1);
  const total = (mode, rest) =>
    widths(current)[mode] + others.reduce((sum, name) => sum + widths(name)[rest], gaps);
  const ways = [
    ["full", "full"],
    ["full", "dense"],
    ["dense", "dense"],
    ["full", "blank"],
    ["dense", "blank"],
    ["full", "slice"],
    ["dense", "slice"],
  ];
  const [mode, rest] = ways.find(([one, other]) => total(one, other) <= room) ?? ["dense", "slice"];
  for (const name of names) sizes[name] = { mode: name === current ? mode : rest, width: room - 30 };
  shareOut(view, names, sizes, room - gaps);
  return sizes;
}

// Pictures divide what the tables leave; a single row of a large matrix takes a line of its own.
function shareOut(view, names, sizes, room) {
  const pictures = names.filter((name) => {
    const matrix = view.matrices.get(name);
    return !tabled(view, matrix) && matrix.shape[0] > 1;
  });
  const tables = names.filter((name) => tabled(view, view.matrices.get(name)));
  const taken = tables.reduce((sum, name) => sum + modesOf(view, name)[sizes[name].mode], 0);
  const share = (name) => (name === view.at.stage ? 1.6 : 1);
  const all = pictures.reduce((sum, name) => sum + share(name), 0);
  for (const name of pictures) {
    const wide = ((room - taken) * share(name)) / all - 30;
    sizes[name].width = Math.min(room - 30, Math.max(wide, 240));
  }
}

// How wide a card would be with digits, with small digits, and as colours alone.
export function modesOf(view, name) {
  const matrix = view.matrices.get(name);
  const [rows, columns] = matrix.shape;
  if (!tabled(view, matrix)) return { full: 300, dense: 300, blank: 300, slice: 300 };
  const alone = sliced(view, name);
  const key = JSON.stringify([matrix.stamp, Boolean(matrix.sums), alone]);
  if (matrix.modes?.key === key) return matrix.modes;
  const names = axis(view, matrix.rows);
  const longest = Math.min(Math.max(...names.map(breadth)), 11) * 7.4 + 16;
  let most = 4;
  for (let i = 0; i < rows * columns; i += 1) {
    const value = matrix.values[i];
    if (Number.isFinite(value)) most = Math.max(most, digits(value).length);
  }
  const head = columns > 8 ? 0 : Math.max(...axis(view, matrix.columns).map(breadth));
  const sums = matrix.sums ? 1.3 : 0;
  const full = Math.max(most * 7.3 + 15, Math.min(head, 9) * 7 + 12, 42);
  const least = 34 + wordsOf(view.stages?.get(name));
  const wide = (cells) => Math.max(least, 34 + longest + cells);
  matrix.modes = {
    key,
    full: wide(full * (columns + sums)),
    dense: wide((most * 6.1 + 7) * (columns + sums)),
    blank: wide(17 * columns + 60 * sums),
    slice: wide((most * 6.1 + 7) * (typeof alone.columns === "number" ? 1 : columns + sums)),
  };
  return matrix.modes;
}

// How wide the title and the formula of a card are, about: of a narrow matrix they are wider than its cells.
function wordsOf(stage) {
  if (!stage) return 0;
  const written = stage.formula.replace(/<[^>]*>/g, "");
  return Math.max(7.6 * breadth(stage.title) + (stage.sources.length ? 26 : 0), 8.2 * written.length);
}

// The one row or column of a source that its cell needs, where there is no room for more.
export function sliced(view, name) {
  const [mark, another] = view.lit.filter((one) => one.name === name && one.level === 1);
  if (!mark || another || name === view.at.stage) return { rows: "all", columns: "all" };
  return { rows: mark.rows, columns: mark.rows === "all" ? mark.columns : "all" };
}

export function breadth(text) {
  return [...text].reduce((sum, sign) => sum + (sign.codePointAt(0) > 0x2e80 ? 1.8 : 1), 0);
}
