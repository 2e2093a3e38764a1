// What a cell says, worded when it is pointed at.

import { precise } from "../shared/numbers.js";
import { filled } from "../shared/words.js";

// Plotly asks for the hover text of one cell at a time: it is made then, not 65,536 times before.
export function hovertexts(rows, columns, words) {
  return Array.from(
    { length: rows },
    (_, row) =>
      new Proxy(new Array(columns), {
        get: (line, name) =>
          typeof name === "string" && /^\d+$/.test(name) ? words(row, Number(name)) : line[name],
      }),
  );
}

export function cellWords(figure, row, column) {
  const { words, traces } = figure.layout.meta.cells;
  const names = { row: words.rows[row], column: words.columns[column] };
  const cell = filled(words.pattern, names);
  const hidden = words.runs.some(
    ([at, start, stop]) => at === row && start <= column && column < stop,
  );
  if (hidden) return `${cell}<br>${words.hidden}`;
  const other = words.other.find(([r, c]) => r === row && c === column);
  const values = traces.map((trace) => figure.data[trace].z[row][column]);
  const value = values.find((one) => Number.isFinite(one));
  if (!other && value === undefined) return `${cell}<br>${words.missing}`;
  const digits = other ? other[2] : words.whole ? whole(value) : precise(value);
  return `${cell}<br>${words.value} <b>${digits}</b>`;
}

// Counts are drawn as log(1 + count).
function whole(shade) {
  return Math.round(Math.expm1(shade)).toLocaleString("en-US");
}

export function spoken(hovertext) {
  const signs = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };
  return hovertext
    .replace(/<br>/g, ", ")
    .replace(/<[^>]*>/g, "")
    .replace(/&(lt|gt|amp);/g, (sign) => signs[sign]);
}
