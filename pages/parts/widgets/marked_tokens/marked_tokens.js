// Tokens in a row, each a button: left and right walk them, Enter picks one.

import { element } from "../shared/elements.js";

const views = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  let view = views.get(parentElement);
  if (!view) {
    view = open(parentElement);
    views.set(parentElement, view);
  }
  view.send = setTriggerValue;
  const asked = JSON.stringify(data);
  if (view.asked !== asked) {
    view.asked = asked;
    view.data = data;
    draw(view);
  }
}

function open(parent) {
  const group = parent.querySelector(".clearhead-marked-tokens div");
  const view = { group, buttons: [], at: 0, asked: "" };
  group.onkeydown = (event) => keyed(view, event);
  group.onclick = (event) => {
    const place = view.buttons.indexOf(event.target.closest("button"));
    if (place < 0) return;
    goTo(view, place);
    view.send("choose", place);
  };
  return view;
}

function draw(view) {
  const { tokens, chosen, label } = view.data;
  const focused = view.group.contains(document.activeElement);
  view.at = Math.min(chosen ?? view.at, Math.max(tokens.length - 1, 0));
  view.group.setAttribute("aria-label", label);
  view.buttons = tokens.map((one, place) => drawn(one, place === chosen, place === view.at));
  const parts = view.buttons.flatMap((button, place) =>
    tokens[place].ends ? [button, element("br")] : [button],
  );
  view.group.replaceChildren(...parts);
  if (focused) view.buttons[view.at]?.focus({ preventScroll: true });
}

function drawn(one, picked, here) {
  const button = element("button", `shade${one.shade}`);
  button.type = "button";
  button.classList.toggle("framed", one.framed);
  button.setAttribute("aria-pressed", picked);
  button.setAttribute("aria-label", one.said);
  button.tabIndex = here ? 0 : -1;
  button.append(element("span", "text", one.text), element("small", "", one.number));
  return button;
}

function keyed(view, event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const last = view.buttons.length - 1;
  const to = {
    ArrowRight: Math.min(view.at + 1, last),
    ArrowLeft: Math.max(view.at - 1, 0),
    Home: 0,
    End: last,
  }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  goTo(view, to);
}

function goTo(view, place) {
  if (view.buttons[view.at]) view.buttons[view.at].tabIndex = -1;
  view.at = place;
  view.buttons[place].tabIndex = 0;
  view.buttons[place].focus({ preventScroll: true });
}
