// The heads above the head view: shown or not, alone, the strongest first.

import { svg } from "../shared/drawing.js";
import { stroke } from "./lines.js";
import { strengths } from "./links.js";

// One button for each head: its colour, its dash, its name and how strongly it looks.
export function toggles(view) {
  const { names, series, words } = view.data;
  const had = [...view.toggles.children].indexOf(document.activeElement);
  view.buttons = names.map((name, head) => {
    const button = document.createElement("button");
    button.type = "button";
    const swatch = svg("svg", { width: 22, height: 8, "aria-hidden": "true" });
    swatch.append(stroke(series, head, { x1: 0, y1: 4, x2: 22, y2: 4, "stroke-width": 3 }));
    const share = document.createElement("span");
    share.className = "strength";
    button.append(swatch, document.createTextNode(name), share);
    button.onclick = (event) => {
      if (event.altKey) only(view, [head]);
      else if (!view.shown.delete(head)) view.shown.add(head);
      changed(view);
    };
    button.ondblclick = () => only(view, [head]);
    button.onkeydown = (event) => {
      if (event.key.toLowerCase() === "o" && !event.ctrlKey && !event.metaKey) only(view, [head]);
    };
    return button;
  });
  const everything = names.length > 1 ? [names.map((_, head) => head), []] : [];
  const bulk = everything.map((chosen, i) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "bulk";
    button.textContent = [words.all, words.none][i];
    button.onclick = () => only(view, chosen);
    return button;
  });
  view.toggles.replaceChildren(...view.buttons, ...bulk);
  if (had >= 0) view.toggles.children[had]?.focus();
}

function only(view, chosen) {
  view.shown = new Set(chosen);
  changed(view);
}

function changed(view) {
  view.painted = null;
  view.paint();
}

// Strongest first.
export function rank(view, at) {
  const found = strengths(view.weights, at);
  view.buttons.forEach((button, head) => {
    button.querySelector(".strength").textContent = found[head].toFixed(2);
    button.setAttribute("aria-pressed", String(view.shown.has(head)));
  });
  const order = found.map((_, head) => head).sort((a, b) => found[b] - found[a]);
  const stands = order.map((head) => view.buttons[head]);
  const moved = stands.some((button, place) => view.toggles.children[place] !== button);
  if (moved && !view.toggles.contains(document.activeElement)) view.toggles.prepend(...stands);
}
