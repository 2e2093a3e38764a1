// A table of boxes: typed, walked and pasted into. Python says what stands in them.

const views = new WeakMap();
const PATIENCE = 2000;
const STRONGEST = 0.36;
// A row's name of so many letters, of any script, needs no cutting.
const MOST_LETTERS = 6;
// The decimal keyboard of these has neither minus nor fraction bar.
const TOUCH_APPLE = /iP(hone|ad|od)/.test(navigator.userAgent) || /Mac/.test(navigator.platform);

export default function ({ data, parentElement, setTriggerValue }) {
  let view = views.get(parentElement);
  if (!view) {
    view = open(parentElement);
    views.set(parentElement, view);
  }
  view.send = (payload) => setTriggerValue("events", payload);
  update(view, data.grid);
}

function open(parent) {
  const root = parent.querySelector(".clearhead-grid");
  const view = {
    root,
    scroll: root.querySelector(".scroll"),
    said: root.querySelector(".said"),
    id: Math.random().toString(36).slice(2),
    number: 0,
    waiting: [],
    cells: [],
    shown: [],
    shape: "",
  };
  view.observer = new ResizeObserver(() => {
    const { scroll } = view;
    scroll.classList.toggle("wide", scroll.scrollWidth > scroll.clientWidth + 1);
  });
  root.addEventListener("keydown", (event) => key(view, event));
  root.addEventListener("paste", (event) => paste(view, event));
  root.addEventListener("focusin", ({ target }) => target.matches?.("input") && target.select());
  root.addEventListener("focusout", ({ target }) => {
    if (at(target) && !view.building) commit(view, target);
  });
  return view;
}

function update(view, data) {
  view.data = data;
  if (data.answered.view === view.id) {
    view.waiting = view.waiting.filter(({ number }) => number > data.answered.number);
  }
  look(view);
  const shape = JSON.stringify([data.name, data.rows, data.columns]);
  if (shape !== view.shape) rebuild(view, shape);
  const mine = new Map();
  for (const { what } of view.waiting) {
    if (Array.isArray(what)) for (const [row, column, text] of what) mine.set(`${row},${column}`, text);
  }
  const bad = new Map(data.bad.map(([row, column, sentence]) => [`${row},${column}`, sentence]));
  const marks = new Map(data.marks.map(([row, column, right]) => [`${row},${column}`, right]));
  view.cells.forEach((line, row) =>
    line.forEach((input, column) => {
      const place = `${row},${column}`;
      write(view, input, row, column, mine.get(place) ?? data.texts[row][column]);
      paint(view, input, row, column, bad.get(place), marks.get(place));
    }),
  );
  fit(view);
  const sentences = [...new Set(bad.values())].slice(0, data.most_sentences);
  if (view.told !== sentences.join("\n")) {
    view.told = sentences.join("\n");
    view.said.replaceChildren(...sentences.map((sentence) => element("span", sentence)));
  }
}

function look(view) {
  const { style } = view.root;
  for (const name of ["plus", "muted"]) {
    const value = view.data.colours[name];
    if (style.getPropertyValue(`--${name}`) !== value) style.setProperty(`--${name}`, value);
  }
}

// Other rows or columns: a new table. The box that had the focus keeps it, if it is still there.
function rebuild(view, shape) {
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
      const input = box(view, r, c, words.cell.replace(/\{(\w+)\}/g, (_, word) => says[word]));
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
  const cell = element("td", letter);
  cell.className = "corner";
  if (index) cell.append(element("sub", index));
  return cell;
}

function header(text, scope) {
  const cell = element("th", text);
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
function write(view, input, row, column, text) {
  const before = view.shown[row][column];
  view.shown[row][column] = text;
  const focused = input === document.activeElement;
  if (input.value === text || (focused && input.value !== before)) return;
  const whole = input.selectionStart === 0 && input.selectionEnd === input.value.length;
  const [from, to] = [input.selectionStart, input.selectionEnd];
  input.value = text;
  if (focused) input.setSelectionRange(whole ? 0 : from, whole ? text.length : to);
}

function paint(view, input, row, column, sentence, right) {
  const { colours, shades, given, words } = view.data;
  const cell = input.parentElement;
  const share = shades[row][column];
  const strength = Math.round(Math.abs(share) * STRONGEST * 255).toString(16).padStart(2, "0");
  const shade = share === 0 ? "transparent" : `${share > 0 ? colours.plus : colours.minus}${strength}`;
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
function fit(view) {
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

function key(view, event) {
  const input = event.target;
  const here = at(input);
  if (!here || event.isComposing) return;
  const [row, column] = here;
  const { selectionStart: from, selectionEnd: to, value } = input;
  const word = event.key.toLowerCase();
  if ((event.ctrlKey || event.metaKey) && !event.altKey && (word === "z" || word === "y")) {
    if (!view.data.history) return;
    if (input.value !== view.shown[row][column]) restore(view, input);
    else say(view, word === "y" || event.shiftKey ? "redo" : "undo");
  } else if (event.ctrlKey || event.metaKey || event.altKey) return;
  else if (event.key === "Enter") go(view, input, row + (event.shiftKey ? -1 : 1), column);
  else if (event.shiftKey) return;
  else if (event.key === "ArrowDown") go(view, input, row + 1, column);
  else if (event.key === "ArrowUp") go(view, input, row - 1, column);
  else if (event.key === "ArrowLeft" && from === 0 && (to === 0 || to === value.length)) {
    go(view, input, row, column - 1);
  } else if (event.key === "ArrowRight" && to === value.length && (from === to || from === 0)) {
    go(view, input, row, column + 1);
  } else if (event.key === "F2") input.setSelectionRange(value.length, value.length);
  else if (event.key === "Escape" && value !== view.shown[row][column]) restore(view, input);
  else {
    // The page's own arrow keys are not for who is typing.
    if (event.key.startsWith("Arrow")) event.stopPropagation();
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}

function go(view, input, row, column) {
  commit(view, input);
  const target = view.cells[row]?.[column];
  if (!target) {
    input.select();
    return;
  }
  target.focus({ preventScroll: true });
  reveal(view, target);
}

// The box is scrolled into its own table, not under the headers that stay in sight.
function reveal(view, target) {
  const { scroll } = view;
  const cell = target.parentElement.getBoundingClientRect();
  const frame = scroll.getBoundingClientRect();
  const corner = scroll.querySelector(".corner").getBoundingClientRect();
  const left = cell.left - frame.left - corner.width;
  const right = cell.right - frame.left - scroll.clientWidth;
  const top = cell.top - frame.top - corner.height;
  const bottom = cell.bottom - frame.top - scroll.clientHeight;
  scroll.scrollLeft += left < 0 ? left : Math.max(right, 0);
  scroll.scrollTop += top < 0 ? top : Math.max(bottom, 0);
  target.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function restore(view, input) {
  const [row, column] = at(input);
  input.value = view.shown[row][column];
  input.select();
  fit(view);
}

function commit(view, input) {
  const [row, column] = at(input);
  if (input.readOnly || input.value === view.shown[row]?.[column]) return;
  view.shown[row][column] = input.value;
  say(view, [[row, column, input.value]]);
}

// A block from a spreadsheet or from NumPy fills cells to the right and below.
function paste(view, event) {
  const here = at(event.target);
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!here || event.target.readOnly) return;
  const lines = text.replace(/[[\]]/g, " ").split(/[\r\n;]+/).filter((line) => line.trim());
  const block = lines.map((line) => {
    const parts = line.includes("\t") ? line.split("\t") : line.trim().split(/\s+/);
    return parts.map((part) => part.trim().replace(/,$/, "")).filter((part) => part && part !== ",");
  });
  const single = block.length === 1 && block[0].length === 1;
  if (!block.length || (single && block[0][0].length <= view.data.longest)) return;
  event.preventDefault();
  const edits = [];
  block.forEach((parts, r) =>
    parts.forEach((part, c) => {
      const input = view.cells[here[0] + r]?.[here[1] + c];
      if (!input || input.readOnly) return;
      input.value = part.slice(0, view.data.longest);
      edits.push([here[0] + r, here[1] + c, part]);
    }),
  );
  for (const [row, column] of edits) view.shown[row][column] = view.cells[row][column].value;
  event.target.select();
  fit(view);
  if (edits.length) say(view, edits);
}

// Said again, with all that is not yet answered, until Python has heard it.
function say(view, what) {
  view.number += 1;
  view.waiting.push({ number: view.number, what });
  // Pictures on this page that follow the numbers by themselves hear of them at once.
  const { id: by, number, data } = view;
  window.dispatchEvent(new CustomEvent("clearhead-typed", { detail: { grid: data.key, by, number, what } }));
  deliver(view);
}

function deliver(view) {
  view.send({ view: view.id, events: view.waiting });
  clearTimeout(view.timer);
  view.timer = setTimeout(() => {
    if (view.waiting.length && view.root.isConnected) deliver(view);
  }, PATIENCE);
}

function at(input) {
  return input?.dataset?.row === undefined ? null : [+input.dataset.row, +input.dataset.column];
}

function set(node, name, value) {
  if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}

function element(name, text = "") {
  const node = document.createElement(name);
  if (text) node.textContent = text;
  return node;
}
