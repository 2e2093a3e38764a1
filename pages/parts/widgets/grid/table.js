// The grid as a table of boxes: made, filled and painted.

import { element } from "../shared/elements.js";
import { filled } from "../shared/words.js";
import { tint } from "./tint.js";

// A row's name of so many letters, of any script, needs no cutting.
const MOST_LETTERS = 6;
// The decimal keyboard of these has neither minus nor fraction bar.
const TOUCH_APPLE = /iP(hone|ad|od)/.test(navigator.userAgent) || /Mac/.test(navigator.platform);

// Other rows or columns: a new table. The box that had the focus keeps it, if it is still there.
export function rebuild(view, shape) {
  const { name, rows, columns, caption, words } = view.data;
  const focused = at(document.activeElement);
  const mine = focused && view.root.contains(document.activeElement);
  view.shape = shape;
  view.shown = rows.map(() => columns.map(() => ""));
  const table = element("table");
  table.setAttribute("role", "grid");
  table.setAttribute("aria-label", [name, caption].filter(Boolean).join(": "));
  const head = element("tr");
  head.append(corner(name), ...columns.map((column) => header(column, "col")));
  const top = element("thead");
  top.append(head);
  const body = element("tbody");
  view.cells = rows.map((row, r) => {
    const line = element("tr");
    line.append(header(row, "row"));
    const inputs = columns.map((column, c) => {
      const says = { row, column };
      const input = box(view, r, c, filled(words.cell, says));
      const cell = element("td");
      cell.setAttribute("role", "gridcell");
      cell.append(input);
      line.append(cell);
      return input;
    });
    body.append(line);
    return inputs;
  });
  table.append(top, body);
  // A box that leaves the page says nothing.
  view.building = true;
  view.scroll.replaceChildren(table);
  view.building = false;
  view.observer.disconnect();
  for (const node of [view.scroll, table]) view.observer.observe(node);
  if (mine) view.cells[focused[0]]?.[focused[1]]?.focus({ preventScroll: true });
}

// The matrix's name; W_Q is written with an index.
function corner(name) {
  const [letter, index] = name.split("_");
  const cell = element("td", "corner", letter);
  if (index) cell.append(element("sub", "", index));
  return cell;
}

function header(text, scope) {
  const cell = element("th", "", text);
  cell.scope = scope;
  cell.title = text;
  cell.classList.toggle("long", text.length > MOST_LETTERS);
  return cell;
}

function box(view, row, column, label) {
  const input = element("input");
  input.type = "text";
  input.inputMode = TOUCH_APPLE ? "text" : "decimal";
  input.maxLength = view.data.longest;
  input.autocomplete = "off";
  input.autocapitalize = "off";
  input.spellcheck = false;
  input.enterKeyHint = "next";
  input.dataset.row = row;
  input.dataset.column = column;
  input.dataset.label = label;
  input.oninput = () => fit(view);
  return input;
}

// What is being typed stays; all else becomes what Python says, and the caret keeps its place.
export function write(view, input, row, column, text) {
  const before = view.shown[row][column];
  view.shown[row][column] = text;
  const focused = input === document.activeElement;
  if (input.value === text || (focused && input.value !== before)) return;
  const whole = input.selectionStart === 0 && input.selectionEnd === input.value.length;
  const [from, to] = [input.selectionStart, input.selectionEnd];
  input.value = text;
  if (focused) input.setSelectionRange(whole ? 0 : from, whole ? text.length : to);
}

export function paint(view, input, row, column, sentence, right) {
  const { colours, shades, given, words } = view.data;
  const cell = input.parentElement;
  const shade = tint(shades[row][column], colours);
  if (cell.style.getPropertyValue("--shade") !== shade) cell.style.setProperty("--shade", shade);
  cell.classList.toggle("given", given[row][column]);
  cell.classList.toggle("bad", sentence !== undefined);
  cell.classList.toggle("right", right === true);
  cell.classList.toggle("wrong", right === false);
  input.readOnly = given[row][column];
  input.tabIndex = given[row][column] ? -1 : 0;
  const says = [input.dataset.label];
  if (given[row][column]) says.push(words.given);
  if (right !== undefined) says.push(right ? words.right : words.wrong);
  set(input, "aria-label", says.join(", "));
  set(input, "aria-invalid", String(sentence !== undefined || right === false));
  input.title = sentence ?? "";
}

// A column is as wide as its longest text, so that nothing typed is hidden.
export function fit(view) {
  const { columns, longest } = view.data;
  columns.forEach((_, column) => {
    const most = Math.max(2, ...view.cells.map((line) => line[column].value.length));
    const room = String(Math.min(most, longest));
    for (const line of view.cells) {
      const { style } = line[column];
      if (style.getPropertyValue("--room") !== room) style.setProperty("--room", room);
    }
  });
}

export function at(input) {
  return input?.dataset?.row === undefined ? null : [+input.dataset.row, +input.dataset.column];
}

function set(node, name, value) {
  if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}
