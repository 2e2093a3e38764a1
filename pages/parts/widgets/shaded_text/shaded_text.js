// A text, token by token, each shaded by its number.

import { saveDrawing } from "../shared/drawing.js";
import { element } from "../shared/elements.js";
import { keeping } from "../shared/loading/keeping.js";
import { pictured } from "../shared/pictured.js";
import { stepped } from "./walking.js";

const viewOf = keeping(open);

export default function ({ data, parentElement, setTriggerValue }) {
  const view = viewOf(parentElement);
  view.data = data;
  view.send = setTriggerValue;
  const asked = JSON.stringify([data.tokens, data.label, data.pickable]);
  if (view.drawn !== asked) {
    view.drawn = asked;
    draw(view);
  }
  press(view, data.chosen);
}

function open(parent) {
  const root = parent.querySelector(".clearhead-shaded");
  const view = { root, tokens: root.querySelector(".tokens"), drawn: "", chips: [] };
  root.clearheadSave = (format) =>
    pictured(view.tokens, (drawing) => saveDrawing(drawing, format, view.data.filename));
  return view;
}

function draw(view) {
  const { tokens, label, filename, pickable, chosen } = view.data;
  const focused = view.tokens.contains(document.activeElement);
  view.root.dataset.picture = filename;
  view.tokens.setAttribute("role", pickable ? "toolbar" : "group");
  view.tokens.setAttribute("aria-label", label);
  view.chips = tokens.map((token, place) => chipOf(view, token, place));
  const ended = (place) => (tokens[place][5] ? [element("span", "end")] : []);
  view.tokens.replaceChildren(...view.chips.flatMap((chip, place) => [chip, ...ended(place)]));
  view.tokens.onkeydown = (event) => walk(view, event);
  const at = chosen ?? Math.max(0, tokens.findIndex(([, share]) => share !== null));
  rove(view, at);
  if (focused) view.chips[at]?.focus({ preventScroll: true });
}

function chipOf(view, [shown, share, number, said, framed], place) {
  const chip = element(view.data.pickable ? "button" : "span", share === null ? "token bare" : "token");
  if (share !== null) chip.style.setProperty("--share", `${Math.round(55 * share)}%`);
  chip.append(element("bdi", "shown", shown), element("span", "number", number || "\u00a0"));
  chip.classList.toggle("framed", framed);
  chip.title = said;
  chip.setAttribute("aria-label", said);
  if (view.data.pickable) {
    chip.type = "button";
    chip.onclick = () => choose(view, place);
  }
  return chip;
}

function choose(view, place) {
  rove(view, place);
  if (view.data.tokens[place][1] === null) return;
  press(view, place);
  view.send("choose", place);
}

function press(view, chosen) {
  if (!view.data.pickable) return;
  view.chips.forEach((chip, place) => chip.setAttribute("aria-pressed", String(place === chosen)));
}

function rove(view, at) {
  view.chips.forEach((chip, place) => (chip.tabIndex = place === at ? 0 : -1));
}

function walk(view, event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const place = view.chips.indexOf(event.target.closest(".token"));
  const next = stepped(event.key, place, view.chips.length);
  if (place < 0 || next === null) return;
  rove(view, next);
  view.chips[next].focus();
  event.preventDefault();
  event.stopPropagation();
}
