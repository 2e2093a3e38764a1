// One matrix as a card: a table of digits while they fit, else a picture with a cursor. Both lie under
// frames that say which cell is chosen and which rows and columns it was made from.

import { element, write } from "../../shared/elements.js";
import { chooseIn, readOut, walk } from "../choosing.js";
import { axis, hiddenAt, tabled } from "../matrix.js";
import { digits, paint } from "../numbers.js";
import { fillCanvas } from "./canvas.js";
import { cellUnder } from "./cursor.js";
import { formula } from "./formulas.js";
import { placeFrames } from "./frames.js";
import { breadth, sliced } from "./sizes.js";

export function openCard(view, name) {
  const root = element("section", "card");
  root.dataset.matrix = name;
  root.style.setProperty("--lit", `var(--${view.stages.get(name).role || "attention"})`);
  const card = { name, root, frames: [], written: null, mode: "", cursor: null };
  card.title = element("h4", "title");
  card.formula = element("div", "formula");
  card.shape = element("div", "shape");
  card.scroll = element("div", "scroll");
  card.sheet = element("div", "sheet");
  card.scroll.append(card.sheet);
  root.append(card.title, card.formula, card.shape, card.scroll);
  root.onclick = (event) => {
    const cell = cellUnder(view, card, event);
    if (cell) chooseIn(view, card, cell);
  };
  root.onpointermove = (event) => readOut(view, card, cellUnder(view, card, event));
  root.onpointerleave = () => readOut(view, null, null);
  root.onkeydown = (event) => walk(view, card, event);
  root.onfocusin = () => {
    card.focused = true;
    placeFrames(view, card);
  };
  root.onfocusout = () => {
    card.focused = false;
    placeFrames(view, card);
  };
  return card;
}

// The card's words and numbers. What did not change is left alone.
export function fillCard(view, card, width) {
  const stage = view.stages.get(card.name);
  const matrix = view.matrices.get(card.name);
  const step = view.steps.indexOf(card.name);
  card.matrix = matrix;
  card.root.classList.toggle("current", card.name === view.at.stage);
  card.root.classList.toggle("input", step < 0);
  const title = `${step < 0 ? "" : `${step + 1} `}${stage.title}`;
  if (card.title.textContent !== title) {
    const parts = [document.createTextNode(stage.title)];
    if (step >= 0) parts.unshift(element("span", "number", `${step + 1}`), document.createTextNode(" "));
    card.title.replaceChildren(...parts);
  }
  if (card.formulaMarkup !== stage.formula) {
    card.formulaMarkup = stage.formula;
    card.formula.replaceChildren(formula(stage.formula, view.data.words));
  }
  write(card.shape, stage.shape);
  if (tabled(view, matrix)) fillTable(view, card);
  else fillCanvas(view, card, width);
}

function fillTable(view, card) {
  const { matrix } = card;
  const [rows, columns] = matrix.shape;
  const [down, across] = [axis(view, matrix.rows), axis(view, matrix.columns)];
  const written = JSON.stringify([rows, columns, down, across, Boolean(matrix.sums), matrix.first]);
  const anew = card.written !== written;
  if (anew) {
    card.written = written;
    buildTable(view, card, down, across);
  }
  const changed = [];
  for (let r = 0; r < rows; r += 1) {
    for (let c = 0; c < columns; c += 1) {
      const cell = card.cells[r][c];
      const hidden = hiddenAt(view, matrix, r, c);
      const value = matrix.values[r * columns + c];
      const text = hidden ? matrix.hide : digits(value);
      const colour = paint(matrix, value);
      const look = hidden ? "hidden" : colour.css;
      if (cell.look !== look) {
        cell.look = look;
        cell.node.classList.toggle("hidden", hidden);
        cell.node.style.background = hidden ? "" : colour.css;
        cell.node.style.color = hidden ? "" : colour.ink;
      }
      if (cell.text !== text) {
        cell.node.firstChild.nodeValue = text;
        cell.text = text;
        if (!anew) changed.push(cell.node);
      }
    }
    if (matrix.sums) {
      const text = digits(matrix.sums[r]);
      const cell = card.sums[r];
      if (cell.firstChild.nodeValue !== text) {
        cell.firstChild.nodeValue = text;
        if (!anew) changed.push(cell);
      }
    }
  }
  flash(view, changed);
  cut(view, card);
}

// A slice hides all of the table but the row or the column that feeds the chosen cell.
function cut(view, card) {
  const alone = card.mode === "slice" ? sliced(view, card.name) : { rows: "all", columns: "all" };
  const stamp = `${alone.rows} ${alone.columns}`;
  if (card.cutTo === stamp) return;
  card.cutTo = stamp;
  [...card.table.tBodies[0].rows].forEach((line, r) => {
    line.classList.toggle("off", alone.rows !== "all" && r + card.matrix.first !== alone.rows);
  });
  for (const line of card.table.rows) {
    [...line.cells].slice(1).forEach((cell, c) => {
      cell.classList.toggle("off", alone.columns !== "all" && c !== alone.columns);
    });
  }
}

function buildTable(view, card, down, across) {
  const { matrix } = card;
  const long = across.length > 8 && across.some((name) => breadth(name) > 4);
  const table = element("table", long ? "turned" : "");
  table.setAttribute("role", "grid");
  table.setAttribute("aria-label", view.stages.get(card.name).title);
  const head = table.createTHead().insertRow();
  head.append(element("td", "corner"));
  card.heads = { rows: [], columns: [] };
  across.forEach((name) => {
    const mark = heading(name, "col", matrix.columns);
    card.heads.columns.push(mark);
    head.append(mark);
  });
  if (matrix.sums) {
    const mark = heading("∑", "col", "sum");
    mark.title = [...view.stages.values()].find(({ beside }) => beside === card.name).title;
    head.append(mark);
  }
  const body = table.createTBody();
  card.cells = [];
  card.sums = [];
  for (let r = 0; r < matrix.shape[0]; r += 1) {
    const line = body.insertRow();
    const mark = heading(down[matrix.first + r], "row", matrix.rows);
    card.heads.rows.push(mark);
    line.append(mark);
    card.cells.push(
      across.map((_, c) => {
        const node = line.insertCell();
        node.setAttribute("role", "gridcell");
        node.tabIndex = -1;
        node.dataset.row = r + matrix.first;
        node.dataset.column = c;
        node.append(document.createTextNode("\u00a0"));
        return { node, text: null, look: null };
      }),
    );
    if (matrix.sums) {
      const sum = line.insertCell();
      sum.className = "sum";
      sum.append(document.createTextNode("\u00a0"));
      card.sums.push(sum);
    }
  }
  card.table = table;
  card.canvas = null;
  card.cutTo = "all all";
  card.frames = [];
  card.sheet.replaceChildren(table);
}

function heading(name, scope, kind) {
  const mark = element("th", kind);
  mark.scope = scope;
  mark.title = name;
  mark.append(element("span", "", name));
  return mark;
}

function flash(view, nodes) {
  if (view.still.matches || !nodes.length) return;
  for (const node of nodes) {
    node.animate([{ filter: "brightness(1.35)" }, { filter: "none" }], { duration: 280 });
  }
}
