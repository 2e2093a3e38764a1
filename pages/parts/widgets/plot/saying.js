// What a model said at another step, put into a picture of what it says: bars of next tokens, or the cells of
// the logit lens. The rest of the picture, and whatever is not given, stays as the server drew it.

import { paints } from "../shared/colours.js";
import { twoDecimals } from "../shared/numbers.js";

const LONGEST_NAME = 16;
const LONGEST_IN_CELL = 9;
const LEAST_REST = 5e-4;

export function barred(figure, { rest, probability, colours }, { tokens, shares }) {
  const left = Math.max(0, 1 - shares.reduce((sum, share) => sum + share, 0));
  const withRest = left > LEAST_REST;
  const names = withRest ? [...tokens, rest] : tokens;
  const values = withRest ? [...shares, left] : shares;
  const places = names.map((_, i) => i);
  const [bars, ends] = [figure.data[0], figure.data.at(-1)];
  const { marker } = bars;
  const color = places.map((i) => colours[i < tokens.length ? 0 : 1]);
  const line = { ...marker.line, color: places.map(() => colours[0]), width: places.map(() => 0) };
  const hovertext = names.map((name, i) => `${escaped(name)}<br>${probability} <b>${digits(values[i])}</b>`);
  const drawn = { ...bars, x: values, y: places, customdata: places, hovertext, marker: { ...marker, color, line } };
  const words = { ...ends, x: values, y: places, text: values.map((share) => ` ${percent(share)}`) };
  const { layout } = figure;
  const ticktext = names.map((name) => escaped(cut(name, LONGEST_NAME)));
  const yaxis = { ...layout.yaxis, tickvals: places, ticktext, range: [names.length - 0.5, -0.5] };
  const data = [drawn, ...figure.data.slice(1, -1), words];
  const cells = { ...layout.meta.cells, rows: names.length };
  return { data, layout: { ...layout, yaxis, meta: { ...layout.meta, cells } } };
}

// ``comes`` is what really comes after each row's token.
export function lensed(figure, words, { tokens, shares, comes }) {
  const [grid, texts] = figure.data;
  const isRight = (row, column) => tokens[row][column] === comes[row];
  const isChanged = (row, column) => column > 0 && tokens[row][column] !== tokens[row][column - 1];
  const colours = paints(grid.colorscale);
  const cells = tokens.flatMap((line, row) => line.map((token, column) => ({ row, column, token, share: shares[row][column] })));
  const hovertext = tokens.map((line, row) =>
    line.map((token, column) => {
      const said = `${words.best}: ${escaped(token)} <b>${shares[row][column].toFixed(3)}</b>`;
      const lines = [`${words.tokens[row]} · ${words.points[column]}`, said];
      if (isChanged(row, column)) lines.push(words.changed);
      if (isRight(row, column)) lines.push(words.right);
      return lines.join("<br>");
    }),
  );
  const text = cells.map(({ row, column, token, share }) => {
    const tick = isRight(row, column) ? `${words.tick} ` : "";
    return `${tick}${escaped(cut(token, LONGEST_IN_CELL))}<br>${twoDecimals(share)}`;
  });
  const color = cells.map(({ share }) => colours[Math.round(255 * Math.min(Math.max(share, 0), 1))].ink);
  const data = [
    { ...grid, z: shares.map((line) => Float64Array.from(line)), hovertext },
    {
      ...texts,
      x: cells.map(({ column }) => column),
      y: cells.map(({ row }) => row),
      text,
      textfont: { ...texts.textfont, color },
    },
  ];
  const shapes = cells.filter(({ row, column }) => isChanged(row, column)).flatMap((cell) => framed(cell, words.colours));
  return { data, layout: { ...figure.layout, shapes } };
}

function framed({ row, column }, [paper, ink]) {
  const at = { type: "rect", x0: column - 0.46, x1: column + 0.46, y0: row - 0.45, y1: row + 0.45, layer: "above" };
  return [
    { ...at, line: { color: paper, width: 4.5 } },
    { ...at, line: { color: ink, width: 1.5 } },
  ];
}

// As at a bar's end: whole per cent, one decimal below ten, never a false zero.
export function percent(share) {
  if (share > 0 && share < 0.001) return "<0.1%";
  if (share === 0) return "0%";
  return share < 0.0995 ? `${(100 * share).toFixed(1)}%` : `${(100 * share).toFixed(0)}%`;
}

function digits(share) {
  return share >= 0.01 || share === 0 ? share.toFixed(2) : String(Number(share.toPrecision(2)));
}

function cut(token, longest) {
  const signs = [...token];
  return signs.length > longest ? `${signs.slice(0, longest - 1).join("")}…` : token;
}

export function escaped(text) {
  const signs = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "\n": "⏎" };
  return text.replace(/[&<>\n]/g, (sign) => signs[sign]);
}
