// A card too large for digits: its matrix in colours, hidden cells hatched.

import { element } from "../../shared/elements.js";
import { short } from "../../shared/words.js";
import { colourOf, hiddenAt } from "../matrix.js";

const FEW_ROWS = 8;

// Larger matrices: every cell a few pixels, hidden ones hatched, names as far as there is room.
export function fillCanvas(view, card, width) {
  const { matrix } = card;
  const [rows, columns] = matrix.shape;
  if (!card.canvas) {
    card.canvas = element("canvas");
    card.canvas.tabIndex = 0;
    card.canvas.setAttribute("role", "application");
    card.table = null;
    card.written = null;
    card.frames = [];
    card.sheet.replaceChildren(card.canvas);
  }
  card.canvas.setAttribute("aria-label", `${view.stages.get(card.name).title}. ${view.data.words.keys}`);
  const left = 62;
  const top = matrix.columns === "columns" || matrix.columns === "inputs" ? 20 : 62;
  const most = rows === 1 ? 24 : Math.max(2, Math.floor(600 / rows));
  const cell = Math.max(2, Math.min(22, most, Math.floor((width - left - 4) / columns)));
  // A few rows of many columns are high enough for their names.
  const high = rows === 1 ? 24 : rows <= FEW_ROWS ? Math.max(cell, 14) : cell;
  const grid = { left, top, cell, high, rows, columns };
  const stamp = [matrix.stamp, matrix.first, view.data.theme, JSON.stringify(grid), view.maskStamp].join();
  card.grid = grid;
  if (card.drawn === stamp) return;
  card.drawn = stamp;
  drawCanvas(view, card, grid);
}

function drawCanvas(view, card, grid) {
  const { matrix, canvas } = card;
  const { left, top, cell, high, rows, columns } = grid;
  const ratio = window.devicePixelRatio || 1;
  const [wide, tall] = [left + columns * cell + 2, top + rows * high + 2];
  canvas.width = wide * ratio;
  canvas.height = tall * ratio;
  canvas.style.width = `${wide}px`;
  canvas.style.height = `${tall}px`;
  const pen = canvas.getContext("2d");
  pen.scale(ratio, ratio);
  pen.imageSmoothingEnabled = false;
  pen.drawImage(pixels(view, matrix), left, top, columns * cell, rows * high);
  hatch(view, pen, matrix, grid);
  const names = view.data.axes;
  pen.font = "11px 'Source Sans', sans-serif";
  const level = top <= 30;
  const longest = Math.max(...names[matrix.columns].map((name) => name.length));
  const everyRow = Math.max(1, Math.ceil(12 / high));
  const everyColumn = Math.max(1, Math.ceil((level ? 7 * longest + 5 : 12) / cell));
  pen.fillStyle = colourOf(view, matrix.rows);
  pen.textBaseline = "middle";
  pen.textAlign = "right";
  for (let r = 0; r < rows; r += everyRow) {
    pen.fillText(short(names[matrix.rows][matrix.first + r], 9), left - 6, top + (r + 0.5) * high);
  }
  pen.fillStyle = colourOf(view, matrix.columns);
  pen.textAlign = "left";
  for (let c = 0; c < columns; c += everyColumn) {
    pen.save();
    pen.translate(left + (c + 0.5) * cell, top - 4);
    if (!level) pen.rotate(-Math.PI / 2);
    pen.fillText(short(names[matrix.columns][c], 9), level ? -cell / 2 : 0, level ? -6 : 0);
    pen.restore();
  }
}

export function pixels(view, matrix) {
  const [rows, columns] = matrix.shape;
  const small = document.createElement("canvas");
  small.width = columns;
  small.height = rows;
  const image = new ImageData(columns, rows);
  const words = new Uint32Array(image.data.buffer);
  const { values, paints: colours, low, high } = matrix;
  const stretch = high > low ? 255 / (high - low) : 0;
  const hidden = matrix.hide && view.hidden;
  const from = matrix.first * columns;
  for (let i = 0; i < words.length; i += 1) {
    const value = values[i];
    const at = from + i;
    if (value !== value || (hidden && hidden[at >> 3] & (128 >> (at & 7)))) continue;
    const place = Math.round((value - low) * stretch);
    words[i] = colours[place < 0 ? 0 : place > 255 ? 255 : place].word;
  }
  small.getContext("2d").putImageData(image, 0, 0);
  return small;
}

function hatch(view, pen, matrix, { left, top, cell, high, rows, columns }) {
  if (!matrix.hide || !view.hidden) return;
  pen.save();
  pen.beginPath();
  for (let r = 0; r < rows; r += 1) {
    for (let c = 0; c < columns; c += 1) {
      if (!hiddenAt(view, matrix, r, c)) continue;
      const from = c;
      while (c + 1 < columns && hiddenAt(view, matrix, r, c + 1)) c += 1;
      pen.rect(left + from * cell, top + r * high, (c - from + 1) * cell, high);
    }
  }
  pen.clip();
  pen.strokeStyle = view.data.colours.hatch;
  pen.lineWidth = 1;
  pen.beginPath();
  const reach = columns * cell + rows * high;
  for (let at = 0; at < reach; at += 6) {
    pen.moveTo(left + at, top);
    pen.lineTo(left + at - rows * high, top + rows * high);
  }
  pen.stroke();
  pen.restore();
}
