// One query against one key, number by number, and the products of that query with every key.

import { saveDrawing, svg } from "../shared/drawing.js";
import { keeping } from "../shared/loading/keeping.js";
import { precise } from "../shared/numbers.js";
import { short } from "../shared/words.js";
import { digits, inkOn, numbers, peak, shade } from "./products.js";

const viewOf = keeping(open);
const CELL = 44;
const STRIP = 24;
const NAME = 84;
const ROW = 24;
const TAIL = 178;

export default function ({ data, parentElement, setStateValue }) {
  const view = viewOf(parentElement);
  view.send = setStateValue;
  const fresh = !view.data || view.data.tokens.join("\u0000") !== data.tokens.join("\u0000");
  const asked = !view.data || view.data.pair.join() !== data.pair.join();
  view.data = data;
  if (fresh || asked) view.pair = [...data.pair];
  view.root.dataset.picture = data.filename;
  for (const [name, colour] of Object.entries(data.colours)) {
    view.root.style.setProperty(`--${name}`, colour);
  }
  draw(view);
  return () => view.observer.disconnect();
}

function open(parent) {
  const root = parent.querySelector(".clearhead-neurons");
  const part = (name) => root.querySelector(`.${name}`);
  const names = ["asks", "strips", "sum", "list", "said"];
  const view = { root, width: 0, ...Object.fromEntries(names.map((name) => [name, part(name)])) };
  view.observer = new ResizeObserver(() => {
    if (view.data && Math.abs(root.clientWidth - view.width) > 1) draw(view);
  });
  view.observer.observe(root);
  root.clearheadSave = (format) =>
    saveDrawing([...root.querySelectorAll(".strips svg, .list svg")], format, view.data.filename);
  return view;
}

function draw(view) {
  view.width = view.root.clientWidth;
  if (!view.width) return;
  const focus = view.root.contains(document.activeElement) && document.activeElement.dataset.place;
  asks(view);
  strips(view);
  sum(view);
  list(view);
  if (focus) view.root.querySelector(`[data-place="${focus}"]`)?.focus({ preventScroll: true });
}

function choose(view, query, target) {
  view.pair = [query, target];
  draw(view);
  view.send("pair", view.pair);
}

// The query is chosen among the tokens; arrows go from one to the next.
function asks(view) {
  const { tokens, words } = view.data;
  const label = document.createElement("span");
  label.textContent = words.query;
  const buttons = tokens.map((token, index) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = token;
    button.dataset.place = `query-${index}`;
    button.setAttribute("aria-pressed", String(index === view.pair[0]));
    button.tabIndex = index === view.pair[0] ? 0 : -1;
    button.onclick = () => choose(view, index, view.pair[1]);
    button.onkeydown = (event) => step(view, event, "query", index, ["ArrowLeft", "ArrowRight"]);
    return button;
  });
  view.asks.replaceChildren(label, ...buttons);
}

function step(view, event, side, index, [back, on]) {
  const to = { [back]: index - 1, [on]: index + 1 }[event.key];
  const wanted = to ?? index;
  const picks = event.key === "Enter" || event.key === " ";
  if (to === undefined && !(picks && side === "key")) return;
  event.preventDefault();
  event.stopPropagation();
  if (wanted < 0 || wanted >= view.data.tokens.length) return;
  const [query, target] = view.pair;
  view.root.querySelector(`[data-place="${side}-${wanted}"]`)?.focus();
  if (side === "query") choose(view, wanted, target);
  else choose(view, query, wanted);
}

// Three strips with a digit in every cell; what does not fit the width goes on below.
function strips(view) {
  const { tokens, words, scale } = view.data;
  const { q, k, products } = numbers(view.data, view.pair);
  const across = Math.max(1, Math.floor((view.width - NAME) / CELL));
  const chunks = Math.ceil(q.length / across);
  const height = chunks * (3 * STRIP + 26);
  const picture = svg("svg", { width: view.width, height, role: "img" });
  const [query, target] = view.pair.map((place) => tokens[place]);
  const lines = [
    ["query", `q ${query}`, q, peak(q, k)],
    ["key", `k ${target}`, k, peak(q, k)],
    ["product", "q × k", products, peak(products)],
  ];
  for (let chunk = 0; chunk < chunks; chunk += 1) {
    const top = chunk * (3 * STRIP + 26) + 16;
    const start = chunk * across;
    const end = Math.min(start + across, q.length);
    for (let i = start; i < end; i += 1) {
      picture.append(label(String(i), NAME + (i - start + 0.5) * CELL, top - 9, "quiet", "middle"));
    }
    lines.forEach(([name, title, values, most], line) => {
      const y = top + line * STRIP;
      picture.append(label(short(title, 11), 0, y + STRIP / 2, `name ${name}`, "start"));
      for (let i = start; i < end; i += 1) {
        const x = NAME + (i - start) * CELL;
        const colour = shade(scale, values[i] / most);
        const box = { x, y: y + 1, width: CELL - 2, height: STRIP - 2, rx: 3, fill: colour };
        picture.append(svg("rect", box));
        const ink = inkOn(colour);
        picture.append(label(digits(values[i]), x + CELL / 2 - 1, y + STRIP / 2, ink, "middle"));
      }
    });
  }
  picture.setAttribute("aria-label", `${words.pair}: ${query} → ${target}`);
  view.strips.replaceChildren(picture);
}

function sum(view) {
  const { words, hidden, weights } = view.data;
  const [query, target] = view.pair;
  const { q, score, scaled } = numbers(view.data, view.pair);
  const end = hidden[query][target] ? words.hidden : `${words.weight} ${precise(weights[query][target])}`;
  view.sum.textContent =
    `${words.sum} ${precise(score)}   →   ÷ √${q.length}: ${precise(scaled)}   →   softmax: ${end}`;
}

// One strip of products for every key: where a score comes from can be seen at a glance.
function list(view) {
  const { tokens, words, hidden, weights, height, scale } = view.data;
  const [query, chosen] = view.pair;
  const found = tokens.map((_, target) => numbers(view.data, [query, target]));
  const most = peak(...found.map((one) => one.products));
  const width = Math.max(view.width - 18, NAME + TAIL + 4 * found[0].q.length);
  const cell = Math.min(CELL, (width - NAME - TAIL) / found[0].q.length);
  const picture = svg("svg", { width, height: 24 + ROW * tokens.length });
  const tail = NAME + cell * found[0].q.length + 52;
  const titles = [words.score, words.scaled, words.weight];
  titles.forEach((text, i) => picture.append(label(text, tail + 58 * i, 11, "quiet", "end")));
  picture.append(label(words.key, 0, 11, "quiet", "start"));
  picture.append(label("q × k", NAME, 11, "quiet", "start"));
  found.forEach(({ products, score, scaled }, target) => {
    const y = 22 + target * ROW;
    const row = svg("g", { class: `row${target === chosen ? " chosen" : ""}`, role: "button" });
    row.dataset.place = `key-${target}`;
    row.setAttribute("tabindex", target === chosen ? "0" : "-1");
    row.setAttribute("aria-pressed", String(target === chosen));
    row.append(svg("rect", { class: "box", x: 0, y, width, height: ROW }));
    row.append(label(short(tokens[target], 11), 4, y + ROW / 2, "token", "start"));
    products.forEach((value, i) => {
      const x = NAME + i * cell;
      const colour = shade(scale, value / most);
      const box = svg("rect", { x, y: y + 2, width: Math.max(cell - 1, 2), height: ROW - 4 });
      box.setAttribute("fill", colour);
      box.onpointerover = () => {
        view.said.textContent = `${tokens[query]} → ${tokens[target]}, ${i}: ${precise(value)}`;
      };
      row.append(box);
      if (cell >= 34) {
        const ink = inkOn(colour);
        row.append(label(digits(value), x + cell / 2, y + ROW / 2, ink, "middle"));
      }
    });
    const masked = hidden[query][target];
    const last = masked ? "–" : precise(weights[query][target]);
    [precise(score), precise(scaled), last].forEach((text, i) => {
      row.append(label(text, tail + 58 * i, y + ROW / 2, masked ? "quiet" : "", "end"));
    });
    const bar = { x: NAME, y: y + ROW - 2, height: 2, width: masked ? 0 : cell * products.length };
    bar.width *= masked ? 0 : weights[query][target];
    row.append(svg("rect", { class: "bar", ...bar }));
    row.append(svg("rect", { class: "frame", fill: "none", x: 1, y: y + 1, width: width - 2, height: ROW - 2 }));
    const said = `${tokens[target]}: ${words.score} ${precise(score)}, ${words.weight} ${last}`;
    row.setAttribute("aria-label", said);
    row.onclick = () => choose(view, query, target);
    row.onkeydown = (event) => step(view, event, "key", target, ["ArrowUp", "ArrowDown"]);
    picture.append(row);
  });
  const scrolled = view.list.scrollTop;
  view.list.style.maxHeight = `${height}px`;
  view.list.replaceChildren(picture);
  view.list.scrollTop = scrolled;
}

function label(text, x, y, name, anchor) {
  const mark = svg("text", { x, y, class: name, "text-anchor": anchor });
  mark.textContent = text;
  return mark;
}
