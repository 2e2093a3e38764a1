// Attention unfolding: a strip of all stages, the current one with what it was made from, and a cell
// that can be walked about. What the learner chooses is shown at once; Python is told a moment later.

const views = new WeakMap();
const PACE = 1600;
const PATIENCE = 60;
const GAP = 16;

export default function ({ data, parentElement, setTriggerValue }) {
  let view = views.get(parentElement);
  if (!view) {
    view = open(parentElement);
    views.set(parentElement, view);
  }
  view.send = setTriggerValue;
  update(view, followed(view, data.worked));
  return () => {
    unfollow(view);
    pause(view);
    clearTimeout(view.telling);
    view.observer.disconnect();
    views.delete(parentElement);
  };
}

function open(parent) {
  const root = parent.querySelector(".clearhead-worked");
  const part = (name) => root.querySelector(`.${name}`);
  const view = {
    root,
    parts: Object.fromEntries(
      ["back", "play", "next", "whole", "strip", "saying", "cards", "readout", "hint"].map((name) => [
        name,
        part(name),
      ]),
    ),
    matrices: new Map(),
    cards: new Map(),
    minis: new Map(),
    lit: [],
    turn: 0,
    reached: 0,
    width: 0,
    still: matchMedia("(prefers-reduced-motion: reduce)"),
  };
  view.observer = new ResizeObserver(() => {
    if (view.data && Math.abs(view.parts.cards.clientWidth - view.width) > 1) show(view);
  });
  view.observer.observe(view.parts.cards);
  follow(view);
  root.addEventListener("keydown", (event) => stageKey(view, event));
  root.addEventListener("pointerdown", () => pause(view));
  const { back, next, play, whole } = view.parts;
  back.onclick = () => step(view, -1);
  next.onclick = () => step(view, 1);
  // A press on the button has just paused what was playing: that was its meaning.
  play.onpointerdown = () => (view.pressed = Boolean(view.playing));
  play.onclick = () => {
    const playing = view.pressed || view.playing;
    view.pressed = false;
    if (playing) pause(view);
    else begin(view);
  };
  whole.onclick = () => {
    view.whole = !view.whole;
    view.turn += 1;
    show(view);
    tell(view, 0);
  };
  return view;
}

function update(view, data) {
  const { data: before, root, parts } = view;
  view.data = data;
  if (before?.theme !== data.theme) {
    view.scales = Object.fromEntries(
      Object.entries(data.scales).map(([name, stops]) => [name, paints(stops)]),
    );
    for (const [name, colour] of Object.entries(data.colours)) {
      root.style.setProperty(`--${name}`, colour);
    }
    view.matrices.clear();
  }
  takeMatrices(view, data);
  if (view.maskStamp !== data.hidden) {
    view.maskStamp = data.hidden;
    view.hidden = data.hidden ? decoded(data.hidden, 1) : null;
  }
  settle(view, before);
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", data.words.label);
  for (const name of ["back", "next", "whole"]) write(parts[name], data.words[name]);
  write(parts.hint, data.words.keys);
  labelPlay(view);
  root.dataset.picture = data.picture;
  root.clearheadSave = (format) => saveCards(view, format);
  show(view);
  readOut(view, null, null);
  agree(view);
}

// The server may not know yet that the learner's theme is dark: it is told, once for each change.
function agree(view) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.fillStyle = getComputedStyle(view.root).getPropertyValue("--st-background-color").trim() || "#fff";
  pen.fillRect(0, 0, 1, 1);
  const actual = brightness([...pen.getImageData(0, 0, 1, 1).data.slice(0, 3)]) < 0.2 ? "dark" : "light";
  if (view.data.theme === actual) view.toldTheme = null;
  else if (view.toldTheme !== actual) {
    view.toldTheme = actual;
    view.send("theme", actual);
  }
}

// A large matrix that the browser holds is not sent again; should it be lost, it is asked for.
function takeMatrices(view, data) {
  for (const name of [...view.matrices.keys()]) {
    if (!(name in data.matrices)) view.matrices.delete(name);
  }
  let lost = false;
  for (const [name, given] of Object.entries(data.matrices)) {
    const had = view.matrices.get(name);
    const same = had && had.stamp === given.stamp;
    if (!same && given.values === null) {
      lost = true;
      view.matrices.delete(name);
      continue;
    }
    view.matrices.set(name, {
      ...given,
      values: same ? had.values : decoded(given.values, given.bits),
      sums: given.sums && decoded(given.sums, 64),
      paints: view.scales[given.scale],
    });
  }
  if (lost) tell(view, 0, true);
}

// The learner's newest choice stands until Python has answered it; then Python's word counts.
function settle(view, before) {
  const { data } = view;
  if (!before) view.turn = data.turn;
  else if (data.turn < view.turn) {
    if (!data.stages.includes(view.at.stage)) view.at = { ...data.at };
    const [rows, columns] = sizeOf(view, view.at.stage);
    view.at.row = Math.min(view.at.row, rows - 1);
    view.at.column = Math.min(view.at.column, columns - 1);
    return;
  }
  view.turn = data.turn;
  view.at = { ...data.at };
  view.whole = data.whole;
  remember(view);
}

function sizeOf(view, stage) {
  const { rows, columns } = view.data.axesOf[stage];
  return [axis(view, rows).length, axis(view, columns).length];
}

function show(view) {
  const { parts, data, at } = view;
  view.width = parts.cards.clientWidth;
  const place = data.stages.indexOf(at.stage);
  parts.back.disabled = place <= 0;
  parts.next.disabled = place >= data.stages.length - 1;
  parts.whole.setAttribute("aria-pressed", String(Boolean(view.whole)));
  parts.whole.hidden = !data.complete;
  write(parts.saying, data.sayings[at.stage]);
  view.lit = litBy(view);
  showStrip(view, place);
  if (!view.width || !view.matrices.has(at.stage)) return;
  const names = shownCards(view, place);
  const focused = view.root.contains(document.activeElement) && focusedCard(view);
  arrangeCards(view, names);
  const sizes = fitted(view, names);
  for (const name of names) {
    const card = view.cards.get(name);
    if (card.mode !== sizes[name].mode) {
      card.root.classList.remove("full", "dense", "blank", "slice");
      card.root.classList.add(sizes[name].mode);
      card.mode = sizes[name].mode;
    }
    fillCard(view, card, sizes[name].width);
  }
  for (const name of names) placeFrames(view, view.cards.get(name));
  if (view.follow) focusCell(view, view.cards.get(at.stage));
  else if (focused && !focused.root.contains(document.activeElement)) focusCell(view, focused);
  view.follow = false;
}

// What the chosen cell was made from, and more faintly what that was made from.
function litBy(view) {
  const { at, data } = view;
  const step = (stage, rows, columns, level) =>
    (data.sources[stage] ?? []).map(([name, row, column]) => {
      const part = { row: rows, column: columns, all: "all" };
      return { name, rows: part[row], columns: part[column], level };
    });
  const first = step(at.stage, at.row, at.column, 1);
  const second = first.flatMap(({ name, rows, columns }) => step(name, rows, columns, 2));
  const same = (a, b) => a.name === b.name && a.rows === b.rows && a.columns === b.columns;
  return [...second.filter((mark, i) => !second.slice(0, i).some((other) => same(mark, other))), ...first];
}

function shownCards(view, place) {
  const { data, at } = view;
  const chain = Object.keys(data.matrices).filter((name) => view.matrices.has(name));
  const upTo = new Set(data.stages.slice(0, place + 1));
  const feeds = view.lit.filter(({ level }) => level === 1).map(({ name }) => name);
  const near = new Set([...feeds, at.stage]);
  if (!view.whole || !data.complete) addBefore(view, near);
  return data.order.filter((name) => {
    if (!chain.includes(name)) return false;
    if (!view.whole || !data.complete) return near.has(name);
    return upTo.has(name) || !data.stages.includes(name);
  });
}

// Where there is room beside them, what the sources were made from is shown too.
function addBefore(view, near) {
  if (view.width < 700) return;
  const wide = (name) => (view.matrices.has(name) ? modesOf(view, name).full + GAP : 0);
  const total = () => [...near].reduce((sum, name) => sum + wide(name), -GAP);
  const before = view.lit.filter(({ name, level }) => level === 2 && view.matrices.has(name));
  for (const { name } of before) near.add(name);
  for (const { name, level } of view.lit) if (level === 1) near.add(name);
  if (total() <= view.width) return;
  const direct = view.lit.filter(({ level }) => level === 1).map(({ name }) => name);
  for (const { name } of before) if (!direct.includes(name)) near.delete(name);
}

function arrangeCards(view, names) {
  const { cards } = view.parts;
  const wanted = names.map((name) => {
    if (!view.cards.has(name)) view.cards.set(name, openCard(view, name));
    return view.cards.get(name).root;
  });
  const had = [...cards.children];
  if (had.length === wanted.length && wanted.every((node, i) => node === had[i])) return;
  cards.replaceChildren(...wanted);
  if (view.still.matches || !had.length) return;
  for (const node of wanted) {
    if (had.includes(node)) continue;
    node.animate([{ opacity: 0, transform: "translateY(6px)" }, { opacity: 1, transform: "none" }], {
      duration: 220,
      easing: "ease-out",
    });
  }
}

// The current card keeps its digits; its sources give theirs up only if they would not fit beside it.
function fitted(view, names) {
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
function modesOf(view, name) {
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
  matrix.modes = {
    key,
    full: 34 + longest + full * (columns + sums),
    dense: 34 + longest + (most * 6.1 + 7) * (columns + sums),
    blank: 34 + longest + 17 * columns + 60 * sums,
    slice: 34 + longest + (most * 6.1 + 7) * (typeof alone.columns === "number" ? 1 : columns + sums),
  };
  return matrix.modes;
}

// The one row or column of a source that its cell needs, where there is no room for more.
function sliced(view, name) {
  const mark = view.lit.find((one) => one.name === name && one.level === 1);
  if (!mark || name === view.at.stage) return { rows: "all", columns: "all" };
  return { rows: mark.rows, columns: mark.rows === "all" ? mark.columns : "all" };
}

function breadth(text) {
  return [...text].reduce((sum, sign) => sum + (sign.codePointAt(0) > 0x2e80 ? 1.8 : 1), 0);
}

// ------------------------------------------------------------------------------------ the strip

function showStrip(view, place) {
  const { data, parts } = view;
  const names = data.order.filter(
    (name) => !name.startsWith("b_") && (name in data.thumbs || view.matrices.has(name)),
  );
  const wanted = names.map((name) => {
    if (!view.minis.has(name)) view.minis.set(name, openMini(view, name));
    return view.minis.get(name).root;
  });
  const had = [...parts.strip.children];
  if (had.length !== wanted.length || wanted.some((node, i) => node !== had[i])) {
    parts.strip.replaceChildren(...wanted);
  }
  for (const name of names) fillMini(view, view.minis.get(name), place);
  const here = view.minis.get(view.at.stage)?.root;
  if (!here || here === view.here) return;
  view.here = here;
  const middle = here.offsetLeft - parts.strip.offsetLeft + here.offsetWidth / 2;
  parts.strip.scrollTo({ left: middle - parts.strip.clientWidth / 2 });
}

function openMini(view, name) {
  const root = element("li");
  const button = element("button");
  button.type = "button";
  // Shown as an image: each canvas on a page is a layer, which every frame pays for.
  const canvas = element("canvas");
  const picture = element("img");
  picture.alt = "";
  const label = element("span");
  button.append(picture, label);
  root.append(button);
  button.onclick = () => {
    if (view.data.stages.includes(name)) goTo(view, name);
    else goTo(view, Object.keys(view.data.sources).find((stage) => feeds(view, name, stage)));
  };
  return { name, root, button, canvas, picture, label };
}

function feeds(view, name, stage) {
  return view.data.stages.includes(stage) && view.data.sources[stage].some(([from]) => from === name);
}

function fillMini(view, mini, place) {
  const { data, at } = view;
  const step = data.stages.indexOf(mini.name);
  const folded = step > place;
  const current = mini.name === at.stage;
  write(mini.label, data.signs[mini.name]);
  mini.root.className = `${step < 0 ? "given" : "stage"}${folded ? " folded" : ""}`;
  mini.button.title = data.names[mini.name];
  mini.button.setAttribute("aria-label", data.names[mini.name]);
  if (current) mini.button.setAttribute("aria-current", "step");
  else mini.button.removeAttribute("aria-current");
  const matrix = view.matrices.get(mini.name) ?? view.data.thumbs[mini.name];
  const marks = view.lit.filter(({ name }) => name === mini.name);
  const stamp = JSON.stringify([matrix.stamp, marks, data.theme, view.maskStamp, current && at]);
  if (mini.drawn === stamp) return;
  mini.drawn = stamp;
  drawMini(view, mini, marks, current);
}

function drawMini(view, mini, marks, current) {
  const { axesOf, colours, thumbs } = view.data;
  let matrix = view.matrices.get(mini.name);
  const whole = [axis(view, axesOf[mini.name].rows).length, axis(view, axesOf[mini.name].columns).length];
  if (!matrix || matrix.shape[0] !== whole[0]) {
    const thumb = thumbs[mini.name];
    if (!thumb) return;
    thumb.decoded ??= decoded(thumb.values, 32);
    matrix = { ...thumb, values: thumb.decoded, paints: view.scales[thumb.scale], first: 0, hide: "" };
  }
  const [rows, columns] = whole;
  const size = Math.min(46 / rows, 64 / columns, 11);
  const [wide, tall] = [Math.max(columns * size, 4), Math.max(rows * size, 4)];
  const ratio = window.devicePixelRatio || 1;
  mini.canvas.width = (wide + 2) * ratio;
  mini.canvas.height = (tall + 2) * ratio;
  mini.picture.style.width = `${wide + 2}px`;
  mini.picture.style.height = `${tall + 2}px`;
  const pen = mini.canvas.getContext("2d", { willReadFrequently: true });
  pen.scale(ratio, ratio);
  pen.imageSmoothingEnabled = false;
  pen.drawImage(pixels(view, matrix), 1, 1, wide, tall);
  const frame = (across, down, colour, width) => {
    const x = across === "all" ? 0 : across * size;
    const y = down === "all" ? 0 : down * size;
    const w = across === "all" ? wide : size;
    const h = down === "all" ? tall : size;
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.strokeRect(1 + x, 1 + y, w, h);
  };
  for (const { rows: r, columns: c, level } of marks) {
    frame(c, r, level === 1 ? colours.attention : colours.muted, level === 1 ? 1.5 : 1);
  }
  if (current) frame(view.at.column, view.at.row, colours.ink, 2);
  mini.picture.src = mini.canvas.toDataURL();
}

// ------------------------------------------------------------------------------------ choosing

function step(view, by) {
  const { stages } = view.data;
  const place = stages.indexOf(view.at.stage) + by;
  if (place < 0 || place >= stages.length) return false;
  goTo(view, stages[place]);
  return true;
}

// A stage keeps the query, the key and the column that the learner was looking at.
function goTo(view, stage) {
  const { seen } = view;
  const { rows, columns } = view.data.axesOf[stage];
  const [most, widest] = sizeOf(view, stage);
  const row = rows === "queries" ? seen.query : seen.key;
  const column = columns === "keys" ? seen.key : seen.column;
  choose(view, stage, Math.min(row, most - 1), Math.min(column, widest - 1));
}

function choose(view, stage, row, column, patience = 0) {
  view.at = { stage, row, column };
  remember(view);
  view.turn += 1;
  show(view);
  readOut(view, null, null);
  tell(view, patience);
}

function remember(view) {
  const { stage, row, column } = view.at;
  const { rows, columns } = view.data.axesOf[stage];
  view.seen ??= { query: row, key: column, column: 0 };
  if (rows === "queries") view.seen.query = row;
  else view.seen.key = row;
  if (columns === "keys") view.seen.key = column;
  else view.seen.column = column;
}

function tell(view, patience, everything = false) {
  clearTimeout(view.telling);
  view.telling = setTimeout(() => {
    const held = [...view.matrices].map(([name, matrix]) => [name, matrix.stamp]);
    view.send("pick", {
      ...view.at,
      whole: Boolean(view.whole),
      turn: view.turn,
      holds: everything ? {} : Object.fromEntries(held),
    });
  }, patience);
}

// A click in a stage goes there. In an input, it chooses the cell that the clicked one feeds.
function chooseIn(view, card, { row, column }) {
  const { data, at } = view;
  card.cursor = { row, column };
  if (data.stages.includes(card.name)) {
    view.follow = true;
    choose(view, card.name, row, column);
    return;
  }
  const source = (data.sources[at.stage] ?? []).find(([name]) => name === card.name);
  if (!source) return;
  const to = { row: at.row, column: at.column };
  if (source[1] !== "all") to[source[1]] = row;
  if (source[2] !== "all") to[source[2]] = column;
  choose(view, at.stage, to.row, to.column);
}

function focusedCard(view) {
  return [...view.cards.values()].find(({ root }) => root.contains(document.activeElement));
}

// ------------------------------------------------------------------------------------ keys and time

function stageKey(view, event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const by = { PageDown: 1, "]": 1, PageUp: -1, "[": -1 }[event.key];
  if (!by) return;
  pause(view);
  view.follow = Boolean(focusedCard(view));
  step(view, by);
  event.preventDefault();
  event.stopPropagation();
}

function walk(view, card, event) {
  if (event.altKey || event.metaKey) return;
  const { first, shape } = card.matrix;
  const at = cursorOf(view, card);
  const [low, high, last] = [first, first + shape[0] - 1, shape[1] - 1];
  const moves = {
    ArrowUp: [at.row - 1, at.column],
    ArrowDown: [at.row + 1, at.column],
    ArrowLeft: [at.row, at.column - 1],
    ArrowRight: [at.row, at.column + 1],
    Home: [event.ctrlKey ? low : at.row, 0],
    End: [event.ctrlKey ? high : at.row, last],
  };
  const move = moves[event.key];
  if (event.key === "Enter" || event.key === " ") chooseIn(view, card, at);
  else if (move && (!event.ctrlKey || event.key === "Home" || event.key === "End")) {
    pause(view);
    const row = Math.min(Math.max(move[0], low), high);
    const column = Math.min(Math.max(move[1], 0), last);
    card.cursor = { row, column };
    if (card.name === view.at.stage) {
      view.follow = true;
      choose(view, card.name, row, column, PATIENCE);
    } else {
      placeFrames(view, card);
      focusCell(view, card);
    }
    readOut(view, card, { row, column });
  } else return;
  event.preventDefault();
  event.stopPropagation();
}

function readOut(view, card, cell) {
  const { readout } = view.parts;
  const { at, data } = view;
  const from = card && cell ? card : view.cards.get(at.stage);
  const place = card && cell ? cell : at;
  const matrix = from?.matrix;
  if (!matrix) return;
  const r = place.row - matrix.first;
  const value = matrix.values[r * matrix.shape[1] + place.column];
  if (value === undefined) return;
  const hidden = hiddenAt(view, matrix, r, place.column);
  const words = {
    name: data.names[from.name],
    row: axis(view, matrix.rows)[place.row],
    column: axis(view, matrix.columns)[place.column],
    value: hidden ? `${matrix.hide} (${data.words.hidden})` : precise(value),
  };
  write(readout, data.words.cell.replace(/\{(\w+)\}/g, (_, name) => words[name]));
}

function begin(view) {
  const { stages } = view.data;
  if (view.at.stage === stages.at(-1)) goTo(view, stages[0]);
  const on = () => {
    if (!step(view, 1)) return pause(view);
    if (view.at.stage === view.data.stages.at(-1)) pause(view);
  };
  view.playing = setInterval(on, PACE);
  labelPlay(view);
}

function pause(view) {
  clearInterval(view.playing);
  view.playing = null;
  if (view.data) labelPlay(view);
}

function labelPlay(view) {
  const { words } = view.data;
  write(view.parts.play, view.playing ? words.pause : words.play);
}
