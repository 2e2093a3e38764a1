// Two columns of tokens and a line for each weight: what every query looks at, head by head.

import { decoded } from "../shared/arrays.js";
import { saveDrawing, svg } from "../shared/drawing.js";
import { keeping } from "../shared/loading/keeping.js";
import { short } from "../shared/words.js";
import { ROW, TOP, markLinks, shares, strokes } from "./lines.js";
import { linksOf, same, touches, weightsOf } from "./links.js";
import { rank, toggles } from "./toggles.js";

const viewOf = keeping(open);

export default function ({ data, parentElement, setStateValue }) {
  const view = viewOf(parentElement);
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
    pointed: null,
    buttons: [],
    focus: { side: "query", index: 0 },
    width: 0,
  };
  view.paint = () => paint(view);
  view.observer = new ResizeObserver(() => {
    if (view.data && Math.abs(root.clientWidth - view.width) > 1) build(view);
  });
  view.observer.observe(root);
  root.clearheadSave = (format) =>
    saveDrawing(view.scroll.querySelector("svg"), format, view.data.filename);
  return view;
}

function update(view, data) {
  const before = view.data;
  view.data = data;
  if (before?.weights.bdata !== data.weights.bdata) {
    const flat = decoded({ ...data.weights });
    view.weights = weightsOf(flat, data.names.length, data.tokens.length);
  }
  view.root.dataset.picture = data.filename;
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
  view.few = svg("g");
  view.gold = svg("g");
  for (const group of [view.lines, view.few]) {
    group.onpointerover = (event) => point(view, event.target.link ?? null);
    group.onpointerout = () => point(view, null);
  }
  view.shares = svg("g");
  picture.append(
    title(words.query, column - 8, "end"),
    title(words.key, view.ends.right + 8, "start"),
    view.lines,
    view.few,
    view.gold,
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
  view.painted = null;
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
  const mark = svg("g", { class: `token ${side}`, role: "button", tabindex: -1 });
  mark.setAttribute("aria-label", token);
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
  text.textContent = short(token, room);
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

// Leaving one token for the next is one change, drawn once.
function hover(view, at) {
  view.hovered = at;
  cancelAnimationFrame(view.frame);
  view.frame = requestAnimationFrame(() => paint(view));
}

function point(view, link) {
  view.pointed = link;
  say(view);
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
  const at = view.hovered ?? view.locked;
  const shown = visible(view);
  const links = at ? linksOf(view.weights, shown, at) : [];
  if (!at && view.painted !== shown.join()) {
    view.painted = shown.join();
    view.lines.replaceChildren(...strokes(view, linksOf(view.weights, shown, null), shown, null));
  }
  view.lines.style.display = at ? "none" : "";
  view.few.replaceChildren(...strokes(view, links, shown, at));
  const touched = new Set(links.map((link) => (at?.side === "key" ? link.query : link.target)));
  for (const side of ["query", "key"]) {
    view.tokens[side].forEach((mark, index) => {
      const chosen = same(at, { side, index });
      const aside = at && !chosen && (side === at.side || !touched.has(index));
      const looks = `token ${side}${chosen ? " chosen" : ""}${aside ? " aside" : ""}`;
      if (mark.getAttribute("class") !== looks) mark.setAttribute("class", looks);
      const locked = String(same(view.locked, { side, index }));
      if (mark.getAttribute("aria-pressed") !== locked) mark.setAttribute("aria-pressed", locked);
    });
  }
  roam(view);
  rank(view, at);
  shares(view, at, shown);
  markLinks(view, at);
  say(view);
}

function visible(view) {
  return [...view.shown].filter((head) => head < view.data.names.length).sort((a, b) => a - b);
}

function say(view) {
  const { words, names, tokens, links } = view.data;
  const at = view.hovered ?? view.locked;
  const found = [];
  const told = ({ head, query, target, weight }) =>
    `${names[head]}: ${tokens[query]} → ${tokens[target]} ${weight.toFixed(2)}`;
  if (view.pointed) found.push(told(view.pointed));
  else if (at) {
    for (const head of visible(view)) {
      const rows = view.weights[head];
      const line = at.side === "query" ? rows[at.index] : rows.map((row) => row[at.index]);
      const best = line.indexOf(Math.max(...line));
      const [query, target] = at.side === "query" ? [at.index, best] : [best, at.index];
      found.push(told({ head, query, target, weight: line[best] }));
    }
  } else found.push(words.hint, ...(links.length ? [`◆ ${words.gold}`] : []));
  if (at) {
    for (const [query, target] of links.filter((link) => touches(at, ...link))) {
      found.push(`◆ ${words.gold}: ${tokens[query]} → ${tokens[target]}`);
    }
  }
  const part = (text) => {
    const piece = document.createElement("span");
    piece.className = at || view.pointed ? "head" : "";
    piece.textContent = text;
    return piece;
  };
  view.said.replaceChildren(
    ...found.flatMap((text) => [part(text), document.createTextNode(" ")]),
  );
}

// One stop for the Tab key; the arrow keys walk from there.
function roam(view) {
  const now = current(view);
  if (view.stop === now) return;
  view.stop?.setAttribute("tabindex", "-1");
  now.setAttribute("tabindex", "0");
  view.stop = now;
}

function current(view) {
  return view.tokens[view.focus.side][view.focus.index];
}
