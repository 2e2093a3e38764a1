// One matrix as a card: a table of digits while they fit, else a picture with a cursor. Both lie under
// frames that say which cell is chosen and which rows and columns it was made from.

const MOST_COLUMNS = 24;
const MEANING = { q: "query", k: "key", v: "value" };

function tabled(view, { shape: [rows, columns] }) {
  return rows * columns <= view.data.mostCells && columns <= MOST_COLUMNS && rows > 0;
}

function openCard(view, name) {
  const root = element("section", "card");
  root.dataset.matrix = name;
  root.style.setProperty("--lit", `var(--${MEANING[name.replace(/^[wb]_/, "")] ?? "attention"})`);
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
function fillCard(view, card, width) {
  const { data } = view;
  const matrix = view.matrices.get(card.name);
  const step = data.stages.indexOf(card.name);
  card.matrix = matrix;
  card.root.classList.toggle("current", card.name === view.at.stage);
  card.root.classList.toggle("input", step < 0);
  const title = `${step < 0 ? "" : `${step + 1} `}${data.names[card.name]}`;
  if (card.title.textContent !== title) {
    const parts = [document.createTextNode(data.names[card.name])];
    if (step >= 0) parts.unshift(element("span", "number", `${step + 1}`), document.createTextNode(" "));
    card.title.replaceChildren(...parts);
  }
  const formulaName = data.formulas[card.name];
  if (card.formulaName !== formulaName) {
    card.formulaName = formulaName;
    card.formula.replaceChildren(formula(formulaName, data.words));
  }
  write(card.shape, data.shapes[card.name]);
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
  const { data } = view;
  const long = across.length > 8 && across.some((name) => breadth(name) > 4);
  const table = element("table", long ? "turned" : "");
  table.setAttribute("role", "grid");
  table.setAttribute("aria-label", data.names[card.name]);
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
    mark.title = data.words.sum;
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

// Larger matrices: every cell a few pixels, hidden ones hatched, names as far as there is room.
function fillCanvas(view, card, width) {
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
  card.canvas.setAttribute("aria-label", `${view.data.names[card.name]}. ${view.data.words.keys}`);
  const left = 62;
  const top = matrix.columns === "columns" || matrix.columns === "inputs" ? 20 : 62;
  const most = rows === 1 ? 24 : Math.max(2, Math.floor(600 / rows));
  const cell = Math.max(2, Math.min(22, most, Math.floor((width - left - 4) / columns)));
  const high = rows === 1 ? 24 : cell;
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
  const every = Math.max(1, Math.ceil(12 / cell));
  pen.fillStyle = colourOf(view, matrix.rows);
  pen.textBaseline = "middle";
  pen.textAlign = "right";
  for (let r = 0; r < rows; r += rows === 1 ? 1 : every) {
    pen.fillText(short(names[matrix.rows][matrix.first + r], 9), left - 6, top + (r + 0.5) * high);
  }
  pen.fillStyle = colourOf(view, matrix.columns);
  pen.textAlign = "left";
  for (let c = 0; c < columns; c += every) {
    pen.save();
    pen.translate(left + (c + 0.5) * cell, top - 4);
    if (top > 30) pen.rotate(-Math.PI / 2);
    pen.fillText(short(names[matrix.columns][c], 9), top > 30 ? 0 : -cell / 2, top > 30 ? 0 : -6);
    pen.restore();
  }
}

function pixels(view, matrix) {
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

function colourOf(view, kind) {
  const { colours } = view.data;
  return { queries: colours.query, keys: colours.key, values: colours.value }[kind] ?? colours.muted;
}

function hiddenAt(view, matrix, r, c) {
  if (!matrix.hide || !view.hidden) return false;
  const at = (matrix.first + r) * matrix.shape[1] + c;
  return Boolean(view.hidden[at >> 3] & (128 >> (at & 7)));
}

// Where the pointer is, as a cell of the whole matrix.
function cellUnder(view, card, event) {
  const { matrix } = card;
  if (!matrix) return null;
  if (card.table) {
    const node = event.target.closest?.("td[data-row]");
    return node ? { row: Number(node.dataset.row), column: Number(node.dataset.column) } : null;
  }
  const { left, top, cell, high, rows, columns } = card.grid;
  const box = card.canvas.getBoundingClientRect();
  const r = Math.floor((event.clientY - box.top - top) / high);
  const c = Math.floor((event.clientX - box.left - left) / cell);
  if (r < 0 || c < 0 || r >= rows || c >= columns) return null;
  return { row: r + matrix.first, column: c };
}

// Frames move to their place; the selected cell's is the darkest, sources are tinted, theirs dashed.
function placeFrames(view, card) {
  const { matrix } = card;
  if (!matrix || !card.root.isConnected) return;
  const marks = marksOf(view, card);
  while (card.frames.length < marks.length) {
    const frame = element("div", "frame");
    card.frames.push(frame);
    card.sheet.append(frame);
  }
  card.frames.forEach((frame, i) => {
    const box = marks[i] && boxOf(card, marks[i]);
    frame.className = `frame ${box ? marks[i].kind : "off"}`;
    if (!box) return;
    const [x, y, w, h] = box;
    Object.assign(frame.style, {
      transform: `translate(${x}px, ${y}px)`,
      width: `${w}px`,
      height: `${h}px`,
    });
  });
  if (card.table) headings(view, card, marks);
  bringIntoSight(card, marks);
}

// A table that is wider than the screen scrolls to the chosen cell, and to those that feed it.
function bringIntoSight(card, marks) {
  const { scroll } = card;
  const mark = marks.findLast(({ kind, columns }) => kind !== "cursor" && typeof columns === "number");
  const box = mark && boxOf(card, mark);
  const stamp = box ? `${box[0]} ${box[2]} ${scroll.clientWidth}` : "";
  if (card.sighted === stamp) return;
  card.sighted = stamp;
  if (!box || scroll.scrollWidth <= scroll.clientWidth) return;
  const names = card.table ? (card.heads.rows[0]?.offsetWidth ?? 0) : 0;
  const [from, to] = [box[0] - names - 8, box[0] + box[2] + 8 - scroll.clientWidth];
  if (scroll.scrollLeft > from || scroll.scrollLeft < to) scroll.scrollLeft = Math.max(to, 0);
}

function marksOf(view, card) {
  const { matrix, name } = card;
  const marks = [];
  for (const { name: to, level, rows, columns } of view.lit) {
    if (to === name) marks.push({ kind: `lit level${level}`, rows, columns });
    if (to === "row_sums" && name === "exp" && matrix.sums) {
      marks.push({ kind: `lit level${level}`, rows, columns: matrix.shape[1] });
    }
  }
  if (name === view.at.stage) {
    marks.push({ kind: "chosen", rows: view.at.row, columns: view.at.column });
  } else if (card.focused && card.cursor) {
    marks.push({ kind: "cursor", rows: card.cursor.row, columns: card.cursor.column });
  }
  return marks;
}

function boxOf(card, { rows, columns }) {
  const { matrix } = card;
  const [count, width] = matrix.shape;
  const top = rows === "all" ? 0 : rows - matrix.first;
  const bottom = rows === "all" ? count - 1 : top;
  const left = columns === "all" ? 0 : columns;
  const right = columns === "all" ? width - 1 : columns;
  if (top < 0 || bottom >= count || right > width) return null;
  if (!card.table) {
    const { cell, high } = card.grid;
    const grow = cell < 6 ? 1 : 0;
    return [
      card.grid.left + left * cell - grow,
      card.grid.top + top * high - grow,
      (right - left + 1) * cell + 2 * grow,
      (bottom - top + 1) * high + 2 * grow,
    ];
  }
  const node = (r, c) => (c === width ? card.sums[r] : card.cells[r][c].node);
  const [first, last] = [node(top, left), node(bottom, right)];
  if (!first?.offsetParent || !last?.offsetParent) return null;
  return [
    first.offsetLeft,
    first.offsetTop,
    last.offsetLeft + last.offsetWidth - first.offsetLeft,
    last.offsetTop + last.offsetHeight - first.offsetTop,
  ];
}

// The names of what is lit stand out, and one cell of each table can be reached with Tab.
function headings(view, card, marks) {
  const { matrix } = card;
  const strong = marks.filter(({ kind }) => kind === "chosen" || kind === "lit level1");
  const named = (index, of) => strong.some((mark) => mark[of] === index);
  card.heads.rows.forEach((mark, r) =>
    mark.classList.toggle("named", named(r + matrix.first, "rows")),
  );
  card.heads.columns.forEach((mark, c) => mark.classList.toggle("named", named(c, "columns")));
  const at = cursorOf(view, card);
  const node = card.cells[at.row - matrix.first]?.[at.column]?.node ?? card.cells[0]?.[0]?.node;
  if (card.reachable !== node) {
    if (card.reachable) card.reachable.tabIndex = -1;
    if (node) node.tabIndex = 0;
    card.reachable = node;
  }
  const chosen = card.name === view.at.stage ? node : null;
  if (card.selected !== chosen) {
    card.selected?.removeAttribute("aria-selected");
    chosen?.setAttribute("aria-selected", "true");
    card.selected = chosen;
  }
}

function cursorOf(view, card) {
  if (card.name === view.at.stage) return view.at;
  const { first, shape } = card.matrix;
  const at = card.cursor ?? nearest(view, card);
  return {
    row: Math.min(Math.max(at.row, first), first + shape[0] - 1),
    column: Math.min(at.column, shape[1] - 1),
  };
}

// Where the keyboard begins in a card it has not been in: at what is lit there.
function nearest(view, card) {
  const mark = view.lit.find(({ name, level }) => name === card.name && level === 1);
  const place = (index) => (typeof index === "number" ? index : 0);
  return { row: place(mark?.rows), column: place(mark?.columns) };
}

function focusCell(view, card) {
  const target = card.table ? card.reachable : card.canvas;
  target?.focus({ preventScroll: true });
  target?.scrollIntoView?.({ block: "nearest", inline: "nearest" });
}

function flash(view, nodes) {
  if (view.still.matches || !nodes.length) return;
  for (const node of nodes) {
    node.animate([{ filter: "brightness(1.35)" }, { filter: "none" }], { duration: 280 });
  }
}

function axis(view, name) {
  return view.data.axes[name];
}

function element(tag, name = "", text = "") {
  const node = document.createElement(tag);
  if (name) node.className = name;
  if (text) node.textContent = text;
  return node;
}

function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

function short(text, most) {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
