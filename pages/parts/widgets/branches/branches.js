// A tree of counts: arrow keys walk it, right and left unfold and fold, Enter picks.

import { saveDrawing } from "../shared/drawing.js";
import { element } from "../shared/elements.js";
import { keeping } from "../shared/loading/keeping.js";
import { pictured } from "../shared/pictured.js";
import { walked } from "./walking.js";

const viewOf = keeping(open);

export default function ({ data, parentElement, setTriggerValue }) {
  const view = viewOf(parentElement);
  view.send = setTriggerValue;
  const asked = JSON.stringify(data);
  if (view.asked !== asked) {
    view.asked = asked;
    view.data = data;
    draw(view);
  }
}

function open(parent) {
  const root = parent.querySelector(".clearhead-branches");
  const list = root.querySelector("ul");
  const view = { root, list, at: 0, asked: "" };
  root.clearheadSave = (format) => pictured(list, (drawing) => saveDrawing(drawing, format, view.data.filename));
  list.onkeydown = (event) => keyed(view, event);
  list.onclick = (event) => clicked(view, event);
  return view;
}

function draw(view) {
  const { rows, chosen, label, filename } = view.data;
  view.root.dataset.picture = filename;
  const focused = view.list.contains(document.activeElement);
  view.at = Math.min(view.at, Math.max(rows.length - 1, 0));
  view.list.setAttribute("aria-label", label);
  view.list.replaceChildren(...rows.map((row, place) => drawn(row, place, place === chosen, view)));
  if (focused) view.list.children[view.at]?.focus({ preventScroll: true });
}

function drawn(row, place, picked, view) {
  const item = element("li", picked ? "picked" : "");
  item.setAttribute("role", "treeitem");
  item.setAttribute("aria-level", row.level);
  item.setAttribute("aria-selected", picked);
  if (row.unfolded !== null) item.setAttribute("aria-expanded", row.unfolded);
  item.tabIndex = place === view.at ? 0 : -1;
  item.style.setProperty("--level", row.level - 1);
  const sign = row.unfolded === null ? "" : row.unfolded ? "▾" : "▸";
  const turn = element("span", "turn", sign);
  turn.setAttribute("aria-hidden", "true");
  const bar = element("span", "bar");
  bar.style.setProperty("--share", row.share);
  item.append(turn, element("code", "", row.name), bar, element("span", "said", row.said));
  return item;
}

function clicked(view, event) {
  const item = event.target.closest("li");
  const place = [...view.list.children].indexOf(item);
  if (place < 0) return;
  goTo(view, place);
  const turns = event.target.closest(".turn") && view.data.rows[place].unfolded !== null;
  view.send(turns ? "turn" : "choose", place);
}

function keyed(view, event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const asked = walked(view.data.rows, view.at, event.key);
  if (!asked) return;
  event.preventDefault();
  if (asked.at !== undefined) goTo(view, asked.at);
  if (asked.turn) view.send("turn", view.at);
  if (asked.choose) view.send("choose", view.at);
}

function goTo(view, place) {
  const { children } = view.list;
  if (children[view.at]) children[view.at].tabIndex = -1;
  view.at = place;
  children[place].tabIndex = 0;
  children[place].focus({ preventScroll: false });
}
