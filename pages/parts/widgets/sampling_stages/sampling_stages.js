// From logits to a drawn token: the stages in a strip, the numbers of the chosen one, and the line from 0 to 1.

import { saveDrawing } from "../shared/drawing.js";
import { decoded } from "../shared/arrays.js";
import { element, write } from "../shared/elements.js";
import { keeping } from "../shared/loading/keeping.js";
import { precise } from "../shared/numbers.js";
import { pictured } from "../shared/pictured.js";
import { filled } from "../shared/words.js";
import { drawLine, drawTally } from "./drawn.js";
import { isKept, linesAt, numberAt, prepared, shareAt, stagesOf, summary } from "./stages.js";

const viewOf = keeping(open);
const AT_FIRST = 12;
const QUIET = 300;
const MANY = 100;

export default function ({ data, parentElement, setTriggerValue }) {
  const view = viewOf(parentElement);
  view.send = setTriggerValue;
  const asked = JSON.stringify(data);
  if (view.asked !== asked) {
    view.asked = asked;
    const others = view.numbers !== data.arrays.numbers.bdata;
    view.numbers = data.arrays.numbers.bdata;
    view.data = { ...data, ...decoded({ ...data.arrays }) };
    view.ready = prepared(view.data);
    hear(view, data.at, others);
    draw(view);
  }
  return () => {
    clearTimeout(view.timer);
    view.observer.disconnect();
  };
}

function open(parent) {
  const root = parent.querySelector(".clearhead-sampling");
  const part = (name) => root.querySelector(`.${name}`);
  const names = ["strip", "rows", "more", "sum", "one", "many", "again", "line", "said", "tally", "picture"];
  const view = { root, told: [], all: false, width: 0, ...Object.fromEntries(names.map((name) => [name, part(name)])) };
  view.more.onclick = () => {
    view.all = true;
    draw(view);
    view.rows.querySelectorAll("button")[AT_FIRST]?.focus();
  };
  view.choose = (place) => move(view, { token: view.data.order[place] });
  view.one.onclick = () => move(view, { drawn: view.at.drawn + 1 });
  view.many.onclick = () => move(view, { drawn: view.at.drawn + MANY });
  view.again.onclick = () => move(view, { drawn: 0 });
  view.observer = new ResizeObserver(() => {
    if (view.data && Math.abs(view.line.clientWidth - view.width) > 1) drawLine(view, lineOf(view));
  });
  view.observer.observe(view.line);
  root.clearheadSave = (format) =>
    pictured(view.picture, (drawing) =>
      saveDrawing([drawing, view.line.querySelector("svg")], format, view.data.filename),
    );
  return view;
}

// What the page says is older than what was chosen here and not heard of yet; unless other numbers have come.
function hear(view, at, others) {
  if (others) {
    clearTimeout(view.timer);
    Object.assign(view, { timer: 0, told: [], at });
  }
  const echo = view.told.indexOf(JSON.stringify(at));
  if (echo >= 0) view.told.splice(0, echo + 1);
  else if (!view.timer && !view.told.length) view.at = at;
  view.at ??= at;
  const { tokens, numbers, sampling } = view.data;
  const stages = stagesOf(sampling);
  const { stage, token, drawn } = view.at;
  view.at = {
    stage: stages.includes(stage) ? stage : "draw",
    token: token < tokens.length ? token : 0,
    drawn: Math.min(drawn, numbers.length),
  };
}

function move(view, change) {
  Object.assign(view.at, change);
  view.at.drawn = Math.min(view.at.drawn, view.data.numbers.length);
  draw(view);
  clearTimeout(view.timer);
  view.timer = setTimeout(() => {
    view.timer = 0;
    const at = { ...view.at };
    view.told.push(JSON.stringify(at));
    view.send("at", at);
  }, QUIET);
}

function draw(view) {
  const { data, root } = view;
  root.dataset.picture = data.filename;
  const focused = root.contains(document.activeElement) ? document.activeElement.dataset.place : null;
  drawStrip(view);
  drawRows(view);
  drawSum(view);
  drawButtons(view);
  drawLine(view, lineOf(view));
  drawTally(view);
  if (focused) root.querySelector(`[data-place="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

// By rank of the token with this id, and back: the page knows ids.
function placeOf(view) {
  const place = Array.from(view.data.order).indexOf(view.at.token);
  return Math.max(place, 0);
}

function drawStrip(view) {
  const { data, at } = view;
  const stages = stagesOf(data.sampling);
  view.strip.setAttribute("aria-label", data.words.stages);
  const buttons = stages.map((stage, i) => {
    const button = element("button", "stage");
    button.type = "button";
    button.dataset.place = `stage-${stage}`;
    button.setAttribute("aria-pressed", String(stage === at.stage));
    button.tabIndex = stage === at.stage ? 0 : -1;
    button.append(
      element("span", "name", data.words.names[stage]),
      miniature(view, stage),
      element("span", "few", summary(stage, data, data.words)),
    );
    button.onclick = () => move(view, { stage });
    button.onkeydown = (event) => walk(event, { ArrowLeft: i - 1, ArrowRight: i + 1 }, stages.length, (to) => {
      move(view, { stage: stages[to] });
      view.strip.querySelector(`[data-place="stage-${stages[to]}"]`)?.focus();
    });
    return button;
  });
  view.strip.replaceChildren(...buttons);
}

// The whole vocabulary by rank, on a logarithmic axis: kept tokens filled, cut ones as an outline.
function miniature(view, stage) {
  const { data, ready } = view;
  const width = 100;
  const height = 30;
  const count = data.tokens.length;
  const x = (place) => (Math.log(place + 1) / Math.log(count + 1)) * width;
  const ns = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(ns, "svg");
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("aria-hidden", "true");
  const paths = { on: "", off: "" };
  for (let place = 0; place < count; place += 1) {
    const top = height - Math.max(shareAt(stage, place, data, ready), 0) * (height - 1);
    const kept = isKept(stage, place, data);
    const shown = kept ? top : height - Math.max(data.tempered[place] / (data.tempered[0] || 1), 0) * (height - 1);
    paths[kept ? "on" : "off"] += `M${x(place)} ${height}V${shown}H${x(place + 1)}V${height}Z`;
  }
  for (const [name, path] of Object.entries(paths)) {
    const shape = document.createElementNS(ns, "path");
    shape.setAttribute("class", name);
    shape.setAttribute("d", path || "M0 0");
    svg.append(shape);
  }
  return svg;
}

function drawRows(view) {
  const { data, ready, at } = view;
  const { words, tokens } = data;
  const count = view.all ? tokens.length : Math.min(AT_FIRST, tokens.length);
  const chosen = placeOf(view);
  const places = [...Array(count).keys()];
  if (chosen >= count) places.push(chosen);
  view.rows.setAttribute("aria-label", words.list);
  const scrolled = view.rows.scrollTop;
  const rows = places.map((place, i) => {
    const row = element("button", "row");
    const kept = isKept(at.stage, place, data);
    const number = precise(numberAt(at.stage, place, data, ready));
    row.type = "button";
    row.dataset.place = `token-${place}`;
    row.dataset.kept = kept;
    row.setAttribute("aria-pressed", String(place === chosen));
    row.tabIndex = place === chosen ? 0 : -1;
    const name = element("span", "token");
    name.append(element("bdi", "", tokens[place]));
    const bar = element("span", "bar");
    const fill = element("i");
    const length = kept ? shareAt(at.stage, place, data, ready) : data.tempered[place] / (data.tempered[0] || 1);
    fill.style.width = `${Math.max(length, 0) * 100}%`;
    bar.append(fill);
    row.append(element("span", "rank", String(place + 1)), name, bar, element("span", "number", kept ? number : words.cut));
    row.setAttribute("aria-label", `${place + 1}: ${tokens[place]}, ${kept ? number : words.cut}`);
    row.onclick = () => view.choose(place);
    row.onkeydown = (event) => walk(event, { ArrowUp: i - 1, ArrowDown: i + 1 }, places.length, (to) => {
      move(view, { token: data.order[places[to]] });
      view.rows.querySelector(`[data-place="token-${places[to]}"]`)?.focus();
    });
    return row;
  });
  view.rows.replaceChildren(...rows);
  view.rows.scrollTop = scrolled;
  view.more.hidden = view.all || tokens.length <= AT_FIRST;
  write(view.more, filled(words.more, { count: tokens.length.toLocaleString("en") }));
}

function walk(event, moves, count, go) {
  const to = moves[event.key];
  if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  event.stopPropagation();
  if (to >= 0 && to < count) go(to);
}

function drawSum(view) {
  const lines = linesAt(view.at.stage, placeOf(view), view.data, view.ready);
  view.sum.replaceChildren(...lines.map((line) => element("span", "", line)));
}

function drawButtons(view) {
  const { words, numbers } = view.data;
  const { drawn } = view.at;
  write(view.one, words.one);
  write(view.many, filled(words.many, { count: MANY }));
  write(view.again, words.again);
  view.one.disabled = drawn >= numbers.length;
  view.many.disabled = drawn + MANY > numbers.length;
  view.again.disabled = drawn === 0;
  view.one.dataset.place = "one";
  view.many.dataset.place = "many";
}

function lineOf(view) {
  return { chosen: placeOf(view), drawn: Array.from(view.data.fallen).slice(0, view.at.drawn) };
}
