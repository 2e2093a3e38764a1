// A computation walked forward and back: arrow keys step, a click on a number leads to where it is computed.

import { saveDrawing, svg } from "../shared/drawing.js";
import { element, write } from "../shared/elements.js";
import { keeping } from "../shared/loading/keeping.js";
import { filled } from "../shared/words.js";
import { LEAST, layout, NODE, WEIGHT } from "./layout.js";

const QUIET = 400;
const MARKS = { first: "|◀ ", back: "◀ ", next: "▶ ", turn: "▶▶ ", last: "◀◀ " };
const viewOf = keeping(open);

export default function ({ data, parentElement, setTriggerValue }) {
  const view = viewOf(parentElement);
  view.send = (step) => setTriggerValue("step", step);
  const { step, ...rest } = data;
  const asked = JSON.stringify(rest);
  const isNew = view.asked !== asked;
  const echo = view.told.indexOf(step);
  view.data = data;
  const untold = view.timer !== 0; // steps of which the page has not heard when it answers something else
  if (isNew) {
    Object.assign(view, { asked, told: [], chosen: "" });
    setUp(view);
  }
  if (untold) go(view, view.step, true);
  else if (isNew || echo < 0) go(view, step, false);
  else view.told.splice(0, echo + 1);
  return () => {
    clearTimeout(view.timer);
    view.sizes?.disconnect();
    view.sizes = null;
  };
}

function open(parent) {
  const root = parent.querySelector(".clearhead-graph");
  const part = (name) => root.querySelector(`.${name}`);
  const names = ["first", "back", "next", "turn", "last"];
  const view = {
    root,
    at: part("at"),
    drawn: part("drawn"),
    worked: part("worked"),
    buttons: Object.fromEntries(names.map((name) => [name, part(name)])),
    step: 0,
    told: [],
    timer: 0,
    chosen: "",
    width: 0,
  };
  const { first, back, next, turn, last } = view.buttons;
  const by = (step) => () => go(view, step(), true);
  first.onclick = by(() => 0);
  back.onclick = by(() => view.step - 1);
  next.onclick = by(() => view.step + 1);
  turn.onclick = by(() => forwards(view));
  last.onclick = by(() => view.data.steps.length);
  root.onkeydown = (event) => keyed(view, event);
  root.clearheadSave = (format) => saveDrawing(view.drawn.firstChild, format, view.data.filename);
  return view;
}

function setUp(view) {
  const { data, root, buttons } = view;
  root.dataset.picture = data.filename;
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", data.label);
  for (const [name, button] of Object.entries(buttons)) write(button, MARKS[name] + data.words[name]);
  if (!view.sizes) {
    view.sizes = new ResizeObserver(() => {
      if (view.drawn.clientWidth !== view.width) paint(view);
    });
    view.sizes.observe(view.drawn);
  }
}

function keyed(view, event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    reach(view, event.key === "ArrowDown" ? 1 : -1);
    return;
  }
  const to = {
    ArrowRight: view.step + 1,
    ArrowLeft: view.step - 1,
    Home: 0,
    End: view.data.steps.length,
  }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  go(view, to, true);
}

// The next box, in the order in which the numbers come about: also what was given can be had by keyboard.
function reach(view, by) {
  const names = view.data.spots.map((spot) => spot.name);
  const focused = view.drawn.contains(document.activeElement) ? document.activeElement.dataset.name : "";
  const now = names.indexOf(focused || view.chosen || view.data.steps[view.step - 1]?.node);
  const next = names[Math.min(Math.max(now + by, 0), names.length - 1)];
  view.drawn.querySelector(`[data-name="${next}"]`)?.focus();
}

// Show another step. The page hears of it once nobody has moved for a while.
function go(view, step, tell) {
  view.step = Math.min(Math.max(step, 0), view.data.steps.length);
  view.chosen = "";
  paint(view);
  if (!tell) return;
  clearTimeout(view.timer);
  view.timer = setTimeout(() => {
    view.timer = 0;
    view.told.push(view.step);
    view.send(view.step);
  }, QUIET);
}

function forwards({ data: { steps } }) {
  return steps.filter((one) => one.way === "forward").length;
}

// To the step that computes what stands here on this way; what was given, and has no slope yet, is only chosen.
function pick(view, name) {
  const { steps } = view.data;
  const place = (way) => steps.findIndex((one) => one.node === name && one.way === way) + 1;
  const wanted = view.step > forwards(view) ? place("back") : place("forward");
  if (wanted) go(view, wanted, true);
  else {
    view.chosen = name;
    paint(view);
  }
}

function paint(view) {
  const { data, step, buttons } = view;
  const { steps, words } = data;
  const ahead = forwards(view);
  const now = view.chosen ? null : steps[step - 1];
  view.root.dataset.step = step;
  const back = steps.length - ahead;
  const told = !step
    ? words.before
    : step <= ahead
      ? filled(words.forward, { n: step, count: ahead, node: steps[step - 1].node })
      : filled(words.backward, { n: step - ahead, count: back, node: steps[step - 1].node });
  write(view.at, told);
  buttons.first.disabled = buttons.back.disabled = step === 0;
  buttons.next.disabled = buttons.last.disabled = step === steps.length;
  buttons.turn.disabled = step === ahead;
  const focused = document.activeElement;
  const lost = view.root.contains(focused) && focused.disabled;
  draw(view, now);
  // A button that has nothing more to do loses the focus: the box of the step takes it, so that keys go on.
  if (lost) view.drawn.querySelector('[tabindex="0"]')?.focus({ preventScroll: true });
  explain(view, now);
}

function draw(view, now) {
  const { data } = view;
  const { spots, links } = data;
  view.width = view.drawn.clientWidth;
  if (!view.width) return;
  const { width, height, centres } = layout(spots, Math.max(view.width, LEAST));
  const scale = Math.min(1, view.width / width);
  const picture = svg("svg", {
    width: width * scale,
    height: height * scale,
    viewBox: `0 0 ${width} ${height}`,
    role: "presentation",
  });
  const used = new Set(now?.uses ?? []);
  for (const [from, to] of links) {
    const [[x1, y1], [x2, y2]] = [centres[from], centres[to]];
    const hot = now && (now.way === "forward" ? to === now.node && used.has(from) : isBack(now, from, to, spots));
    picture.append(svg("line", { x1, y1, x2, y2, class: `link${hot ? " used" : ""}` }));
  }
  const focused = view.drawn.contains(document.activeElement) ? document.activeElement.dataset.name : "";
  for (const spot of [...spots].sort((a, b) => Number(Boolean(a.link)) - Number(Boolean(b.link)))) {
    picture.append(box(view, spot, centres[spot.name], now, used));
  }
  view.drawn.replaceChildren(picture);
  if (focused) view.drawn.querySelector(`[data-name="${focused}"]`)?.focus({ preventScroll: true });
}

// On the way back a weight's slope is reckoned at its own line, a node's along all lines that lead on from it.
function isBack(now, from, to, spots) {
  const spot = spots.find((one) => one.name === now.node);
  return spot.link ? spot.link[0] === from && spot.link[1] === to : from === now.node;
}

function box(view, spot, [x, y], now, used) {
  const size = spot.link ? WEIGHT : NODE;
  const { value, slope } = known(view, spot);
  const current = (view.chosen || now?.node) === spot.name;
  const name = `spot ${spot.link ? "weight" : "node"}${current ? " current" : used.has(spot.name) ? " used" : ""}`;
  const group = svg("g", { class: name, role: "button", tabindex: current ? 0 : -1 });
  if (!view.chosen && !now && spot === view.data.spots[0]) group.setAttribute("tabindex", 0);
  group.dataset.name = spot.name;
  const { words } = view.data;
  const said = (text) => text || words.unknown;
  group.setAttribute(
    "aria-label",
    `${spot.name}, ${spot.said}: ${words.value} ${said(value)}, ${words.slope} ${said(slope)}`,
  );
  const rect = { x: x - size.width / 2, y: y - size.height / 2, rx: 7, ...size };
  group.append(svg("rect", rect));
  if (spot.link) {
    group.append(nameAndValue(spot.name, value, x, y - 9));
    group.append(label(slope ? `∂ ${slope}` : "", x, y + 10, "slope"));
  } else {
    group.append(label(spot.name, x, y - 19, "name"));
    group.append(label(value || "·", x, y, "value"));
    group.append(label(slope ? `∂ ${slope}` : "", x, y + 20, "slope"));
  }
  group.onclick = () => pick(view, spot.name);
  group.onkeydown = (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    pick(view, spot.name);
  };
  return group;
}

// A weight's name and value in one line.
function nameAndValue(name, value, x, y) {
  const text = svg("text", { x, y });
  const parts = [
    ["name", `${name} `],
    ["value", value],
  ];
  for (const [kind, words] of parts) {
    const part = svg("tspan", { class: kind });
    part.textContent = words;
    text.append(part);
  }
  return text;
}

function label(words, x, y, name) {
  const text = svg("text", { x, y, class: name });
  text.textContent = words;
  return text;
}

// What is known of a number after the steps that were done.
function known({ data: { steps }, step }, spot) {
  const when = (way) => steps.findIndex((one) => one.node === spot.name && one.way === way) + 1;
  const [ahead, back] = [when("forward"), when("back")];
  return {
    value: ahead === 0 || ahead <= step ? spot.value : "",
    slope: back > 0 && back <= step ? spot.slope : "",
  };
}

function explain(view, now) {
  const { words, spots } = view.data;
  const about = view.chosen || now?.node;
  const spot = spots.find((one) => one.name === about);
  if (!spot) {
    view.worked.replaceChildren();
    return;
  }
  const parts = [element("p", "kind", `${spot.name}: ${spot.said}`)];
  if (now) {
    parts.push(...now.lines.map((line) => element("p", "line", line)));
    if (now.said) parts.push(element("p", "said", now.said));
  } else {
    const { value, slope } = known(view, spot);
    parts.push(element("p", "line", `${words.value} ${value || words.unknown}`));
    parts.push(element("p", "line", `${words.slope} ${slope || words.unknown}`));
  }
  view.worked.replaceChildren(...parts);
}
