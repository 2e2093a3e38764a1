// A text and strips of tokens under it. What is pointed at in one is marked in all.

import { element, write } from "../shared/elements.js";
import { keeping } from "../shared/loading/keeping.js";
import { pictured } from "../shared/pictured.js";
import { saveDrawing } from "../shared/drawing.js";
import { filled } from "../shared/words.js";
import { brackets, codePoints, led, stretches } from "./brackets.js";

const viewOf = keeping(open);

export default function ({ data, parentElement }) {
  const view = viewOf(parentElement);
  const asked = JSON.stringify(data);
  if (view.drawn !== asked) {
    view.drawn = asked;
    view.data = data;
    draw(view);
  }
}

function open(parent) {
  const root = parent.querySelector(".clearhead-tokens");
  const part = (name) => root.querySelector(`.${name}`);
  const view = { root, text: part("text"), strips: part("strips"), said: part("said"), kept: null };
  root.clearheadSave = (format) =>
    pictured(view.strips, (drawing) => saveDrawing(drawing, format, view.data.filename));
  return view;
}

function draw(view) {
  const { clusters, strips, words, filename, label } = view.data;
  view.root.dataset.picture = filename;
  view.root.setAttribute("role", "group");
  view.root.setAttribute("aria-label", label);
  view.text.setAttribute("aria-label", words.text);
  view.signs = clusters.map((cluster, place) => {
    const sign = element("span", "sign", cluster);
    sign.onpointerenter = () => mark(view, { first: place, last: place + 1 });
    return sign;
  });
  view.text.replaceChildren(...view.signs);
  view.text.onpointerleave = () => rest(view);
  view.chips = [];
  view.kept = null;
  view.direction = getComputedStyle(view.text).direction;
  view.strips.replaceChildren(...strips.map((strip) => stripOf(view, strip)));
  rest(view);
}

function stripOf(view, strip) {
  const { words } = view.data;
  const whole = element("div", "strip");
  const title = element("p", "title");
  title.append(element("strong", "", strip.title), " ", element("span", "", strip.summary));
  const row = element("div", "chips");
  row.setAttribute("role", "toolbar");
  row.setAttribute("aria-label", strip.title);
  row.dir = view.direction;
  const chips = strip.chips.map((chip) => chipOf(view, chip));
  const runs = brackets(strip.chips);
  const signs = runs.map((run) =>
    view.data.clusters.slice(strip.chips[run[0]][1], strip.chips[run.at(-1)][2]).join(""),
  );
  const parts = runs.map((run, place) =>
    run.length > 1 ? bracket(signs[place], run.map((one) => chips[one])) : chips[run[0]],
  );
  for (const [direction, from, to] of stretches(signs, view.direction)) {
    const there = direction === view.direction ? row : row.appendChild(element("span", "stretch"));
    there.dir = direction;
    for (let place = from; place < to; place += 1) {
      there.append(parts[place]);
      if (/[\n\r]$/.test(signs[place])) row.append(element("span", "break"));
    }
  }
  if (chips.length) chips[0].tabIndex = 0;
  row.onkeydown = (event) => walk(view, event, chips);
  row.onpointerleave = () => rest(view);
  view.chips.push(...chips);
  whole.append(title, row);
  if (strip.count > chips.length) {
    const counts = { shown: String(chips.length), count: String(strip.count) };
    whole.append(element("p", "more", filled(words.more, counts)));
  }
  return whole;
}

function bracket(signs, chips) {
  const whole = element("span", "bracket");
  const parts = element("span", "parts");
  parts.append(...chips);
  whole.append(element("bdi", "whole", signs), parts);
  return whole;
}

function chipOf(view, [shown, first, last, id, bytes, unknown, meant, isPart]) {
  const chip = element("button", `chip${unknown ? " unknown" : ""}${first % 2 ? " odd" : ""}`);
  chip.type = "button";
  chip.tabIndex = -1;
  chip.append(element("bdi", "", shown));
  if (unknown) chip.append(element("span", "mark", " ?"));
  Object.assign(chip, { first, last });
  const whole = view.data.clusters.slice(first, last).join("");
  const { words } = view.data;
  const points = codePoints(meant).join(" ");
  const known = isPart ? words.part : words.said;
  const about = { shown, id: id === null ? "–" : String(id), bytes, points, whole };
  chip.told = filled(unknown ? words.unknown : known, about);
  chip.setAttribute("aria-label", chip.told);
  chip.onpointerenter = () => mark(view, chip);
  chip.onfocus = () => {
    if (chip.matches(":focus-visible")) keep(view, chip);
  };
  chip.onclick = () => keep(view, view.kept === chip ? null : chip);
  return chip;
}

function walk(view, event, chips) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const place = chips.indexOf(event.target.closest(".chip"));
  if (event.key === "Escape" && view.kept) keep(view, null);
  else {
    const next = led(event.key, place, chips.length, view.direction === "rtl");
    if (next === null || place < 0) return;
    chips[place].tabIndex = -1;
    chips[next].tabIndex = 0;
    chips[next].focus();
    keep(view, chips[next]);
  }
  event.preventDefault();
  event.stopPropagation();
}

function keep(view, chip) {
  view.kept = chip;
  rest(view);
}

// What is marked while nothing is pointed at: the chip that was chosen last.
function rest(view) {
  mark(view, view.kept);
}

function mark(view, at) {
  const touches = (first, last) => Boolean(at) && first < at.last && at.first < last;
  view.signs.forEach((sign, place) => sign.classList.toggle("lit", touches(place, place + 1)));
  for (const chip of view.chips) {
    const lit = at?.told ? chip === at : touches(chip.first, chip.last);
    chip.classList.toggle("lit", lit);
    chip.setAttribute("aria-pressed", String(chip === view.kept));
  }
  write(view.said, at?.told ?? view.data.words.hint);
}
