// Two columns of tokens and a line for each weight: what every query looks at, head by head.

const views = new WeakMap();
const ROW = 27;
const TOP = 26;
const FAINTEST = 0.03;
const MOST_LINES = 1500;

export default function ({ data, parentElement, setStateValue }) {
  let view = views.get(parentElement);
  if (!view) {
    view = open(parentElement);
    views.set(parentElement, view);
  }
  view.send = setStateValue;
  update(view, data);
  return () => view.observer.disconnect();
}

function open(parent) {
  const root = parent.querySelector(".clearhead-heads");
  const part = (name) => root.querySelector(`.${name}`);
  const view = {
    root,
    toggles: part("toggles"),
    scroll: part("scroll"),
    said: part("said"),
    shown: new Set(),
    locked: null,
    hovered: null,
    focus: { side: "query", index: 0 },
    width: 0,
  };
  view.observer = new ResizeObserver(() => {
    if (view.data && Math.abs(root.clientWidth - view.width) > 1) build(view);
  });
  view.observer.observe(root);
  return view;
}

function update(view, data) {
  const before = view.data;
  view.data = data;
  const sameTokens = before && before.tokens.join("\u0000") === data.tokens.join("\u0000");
  const sameHeads = before && before.selected.join() === data.selected.join();
  if (!sameHeads) view.shown = new Set(data.selected);
  if (!before) view.locked = data.locked === null ? null : { side: "query", index: data.locked };
  else if (!sameTokens) {
    view.hovered = null;
    view.focus = { side: "query", index: 0 };
    if (view.locked) lock(view, null);
  }
  const { style } = view.root;
  for (const name of ["query", "key", "muted"]) style.setProperty(`--${name}`, data.colours[name]);
  view.scroll.style.maxHeight = `${data.height}px`;
  view.scroll.setAttribute("role", "group");
  view.scroll.setAttribute("aria-label", data.caption);
  toggles(view);
  build(view);
}

// One button for each head: its colour, its dash and its name.
function toggles(view) {
  const { names, series } = view.data;
  const had = [...view.toggles.children].indexOf(document.activeElement);
  view.toggles.replaceChildren(
    ...names.map((name, head) => {
      const button = document.createElement("button");
      button.type = "button";
      button.setAttribute("aria-pressed", String(view.shown.has(head)));
      const swatch = svg("svg", { width: 22, height: 8, "aria-hidden": "true" });
      swatch.append(stroke(series, head, { x1: 0, y1: 4, x2: 22, y2: 4, "stroke-width": 3 }));
      button.append(swatch, document.createTextNode(name));
      button.onclick = () => {
        if (!view.shown.delete(head)) view.shown.add(head);
        button.setAttribute("aria-pressed", String(view.shown.has(head)));
        paint(view);
      };
      return button;
    }),
  );
  if (had >= 0) view.toggles.children[had]?.focus();
}

function build(view) {
  const { tokens, words } = view.data;
  view.width = view.root.clientWidth;
  if (!view.width) return;
  const focused = view.scroll.contains(document.activeElement);
  const column = Math.min(Math.max(view.width * 0.3, 84), 150);
  const right = Math.min(view.width, 640);
  view.ends = { left: column, right: right - column - 34, stop: right };
  const picture = svg("svg", { class: "lines", height: TOP + tokens.length * ROW + 4 });
  view.lines = svg("g");
  view.shares = svg("g");
  picture.append(
    title(words.query, column - 8, "end"),
    title(words.key, view.ends.right + 8, "start"),
    view.lines,
    view.shares,
  );
  view.tokens = { query: [], key: [] };
  for (const side of ["query", "key"]) {
    tokens.forEach((token, index) => {
      const mark = tokenMark(view, side, index, token);
      view.tokens[side].push(mark);
      picture.append(mark);
    });
  }
  view.scroll.replaceChildren(picture);
  paint(view);
  if (focused) current(view).focus({ preventScroll: true });
}

function title(text, x, anchor) {
  const mark = svg("text", { class: "title", x, y: 12, "text-anchor": anchor });
  mark.textContent = text;
  return mark;
}

function tokenMark(view, side, index, token) {
  const { left, right } = view.ends;
  const query = side === "query";
  const y = TOP + index * ROW;
  const mark = svg("g", { class: `token ${side}`, role: "button", "aria-label": token });
  const box = svg("rect", {
    x: query ? 0 : right,
    y: y + 1,
    width: left,
    height: ROW - 2,
  });
  const text = svg("text", {
    x: query ? left - 8 : right + 8,
    y: y + ROW / 2,
    "text-anchor": query ? "end" : "start",
  });
  const room = Math.max(4, Math.floor((left - 12) / 8));
  text.textContent = token.length > room ? `${token.slice(0, room - 1)}…` : token;
  const whole = svg("title");
  whole.textContent = token;
  mark.append(box, text, whole);
  const here = { side, index };
  mark.onpointerenter = () => hover(view, here);
  mark.onpointerleave = () => hover(view, null);
  mark.onfocus = () => {
    view.focus = here;
    if (mark.matches(":focus-visible")) hover(view, here);
  };
  mark.onblur = () => hover(view, null);
  mark.onclick = () => lock(view, same(view.locked, here) ? null : here);
  mark.onkeydown = (event) => key(view, event, here);
  return mark;
}

function key(view, event, { side, index }) {
  const count = view.data.tokens.length;
  const moves = {
    ArrowUp: { side, index: Math.max(index - 1, 0) },
    ArrowDown: { side, index: Math.min(index + 1, count - 1) },
    ArrowLeft: { side: "query", index },
    ArrowRight: { side: "key", index },
    Home: { side, index: 0 },
    End: { side, index: count - 1 },
  };
  if (moves[event.key]) {
    view.focus = moves[event.key];
    roam(view);
    current(view).focus();
    hover(view, view.focus);
  } else if (event.key === "Enter" || event.key === " ") {
    lock(view, same(view.locked, { side, index }) ? null : { side, index });
  } else if (event.key === "Escape" && view.locked) {
    lock(view, null);
  } else return;
  event.preventDefault();
  event.stopPropagation();
}

function hover(view, at) {
  view.hovered = at;
  paint(view);
}

function lock(view, at) {
  const before = view.locked;
  view.locked = at;
  paint(view);
  const asked = (place) => (place?.side === "query" ? place.index : null);
  if (asked(before) !== asked(at)) view.send("query", asked(at));
}

// Lines, shares and the sentence for the isolated token, or all lines when there is none.
function paint(view) {
  if (!view.tokens) return;
  const { tokens, weights, series, names } = view.data;
  const at = view.hovered ?? view.locked;
  const heads = [...view.shown].filter((head) => head < names.length).sort((a, b) => a - b);
  const links = [];
  for (const head of heads) {
    weights[head].forEach((row, query) => {
      if (at?.side === "query" && at.index !== query) return;
      row.forEach((weight, target) => {
        if (at?.side === "key" && at.index !== target) return;
        if (weight >= FAINTEST) links.push({ head, query, target, weight });
      });
    });
  }
  links.sort((a, b) => a.weight - b.weight);
  const { left, right } = view.ends;
  const middle = (index) => TOP + index * ROW + ROW / 2;
  view.lines.replaceChildren(
    ...links.slice(-MOST_LINES).map(({ head, query, target, weight }) => {
      const shift = (heads.indexOf(head) - (heads.length - 1) / 2) * 2;
      return stroke(series, head, {
        x1: left + 2,
        y1: middle(query) + shift,
        x2: right - 2,
        y2: middle(target) + shift,
        "stroke-width": (0.6 + 5 * weight).toFixed(2),
        "stroke-opacity": (at ? 0.25 + 0.75 * weight : 0.08 + 0.8 * weight).toFixed(3),
      });
    }),
  );
  const touched = new Set(links.map((link) => (at?.side === "key" ? link.query : link.target)));
  for (const side of ["query", "key"]) {
    view.tokens[side].forEach((mark, index) => {
      const chosen = same(at, { side, index });
      const aside = at && !chosen && (side === at.side || !touched.has(index));
      mark.classList.toggle("chosen", chosen);
      mark.classList.toggle("aside", Boolean(aside));
      const locked = same(view.locked, { side, index });
      mark.setAttribute("aria-pressed", String(locked));
    });
  }
  roam(view);
  shares(view, at, heads);
  say(view, at, heads, tokens, names);
}

// With one head shown, the weight stands beside the token it belongs to.
function shares(view, at, heads) {
  const { weights } = view.data;
  if (!at || heads.length !== 1) {
    view.shares.replaceChildren();
    return;
  }
  const query = at.side === "query";
  const line = query ? weights[heads[0]][at.index] : weights[heads[0]].map((row) => row[at.index]);
  view.shares.replaceChildren(
    ...line.flatMap((weight, index) => {
      if (weight < 0.005 || !query) return [];
      const mark = svg("text", {
        class: "share",
        x: view.ends.stop - 2,
        y: TOP + index * ROW + ROW / 2,
        "text-anchor": "end",
      });
      mark.textContent = weight.toFixed(2);
      return [mark];
    }),
  );
}

function say(view, at, heads, tokens, names) {
  const { weights, words } = view.data;
  if (!at) {
    view.said.textContent = words.hint;
    return;
  }
  const query = at.side === "query";
  const found = heads.map((head) => {
    const line = query ? weights[head][at.index] : weights[head].map((row) => row[at.index]);
    const best = line.indexOf(Math.max(...line));
    const from = tokens[query ? at.index : best];
    const to = tokens[query ? best : at.index];
    const part = document.createElement("span");
    part.className = "head";
    part.textContent = `${names[head]}: ${from} → ${to} ${line[best].toFixed(2)}`;
    return part;
  });
  view.said.replaceChildren(...found.flatMap((part) => [part, document.createTextNode(" ")]));
}

// One stop for the Tab key; the arrow keys walk from there.
function roam(view) {
  for (const side of ["query", "key"]) {
    view.tokens[side].forEach((mark, index) => {
      mark.setAttribute("tabindex", same(view.focus, { side, index }) ? "0" : "-1");
    });
  }
}

function current(view) {
  return view.tokens[view.focus.side][view.focus.index];
}

function same(one, other) {
  return Boolean(one && other && one.side === other.side && one.index === other.index);
}

function stroke(series, head, attributes) {
  const { colour, dash } = series[head % series.length];
  return svg("line", { ...attributes, stroke: colour, "stroke-dasharray": dash });
}

function svg(name, attributes = {}) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
