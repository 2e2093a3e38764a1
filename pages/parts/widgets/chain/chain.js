// Attention unfolding: a strip of all stages, the current one with what it was made from, and a cell
// that can be walked about. What the learner chooses is shown at once; Python is told a moment later.

import { paints } from "../shared/colours.js";
import { write } from "../shared/elements.js";
import { keeping } from "../shared/loading/keeping.js";
import { showSource } from "../shared/source.js";
import { agree } from "../shared/theme.js";
import { fillCard, openCard } from "./cards/cards.js";
import { focusCell, focusedCard } from "./cards/cursor.js";
import { placeFrames } from "./cards/frames.js";
import { saveCards } from "./cards/saving.js";
import { fitted } from "./cards/sizes.js";
import { begin, labelPlay, pause, readOut, remember, stageKey, step, tell } from "./choosing.js";
import { litBy, shownCards } from "./lit.js";
import { sizeOf } from "./matrix.js";
import { decoded } from "./numbers.js";
import { follow, followed, unfollow } from "./short_way.js";
import { takeMatrices, takeStages } from "./stages.js";
import { showStrip } from "./strip.js";

const viewOf = keeping(open);

export default function ({ data, parentElement, setTriggerValue }) {
  const view = viewOf(parentElement);
  view.send = setTriggerValue;
  update(view, followed(view, data.chain));
  return () => {
    unfollow(view);
    pause(view);
    clearTimeout(view.telling);
    view.observer.disconnect();
  };
}

function open(parent) {
  const root = parent.querySelector(".clearhead-chain");
  const part = (name) => root.querySelector(`.${name}`);
  const view = {
    root,
    parts: Object.fromEntries(
      ["back", "play", "next", "whole", "strip", "saying", "cards", "readout", "hint", "source"].map((name) => [
        name,
        part(name),
      ]),
    ),
    matrices: new Map(),
    cards: new Map(),
    minis: new Map(),
    lit: [],
    turn: 0,
    reached: 0,
    width: 0,
    still: matchMedia("(prefers-reduced-motion: reduce)"),
  };
  view.show = () => show(view);
  view.update = (data) => update(view, data);
  view.observer = new ResizeObserver(() => {
    if (view.data && Math.abs(view.parts.cards.clientWidth - view.width) > 1) show(view);
  });
  view.observer.observe(view.parts.cards);
  follow(view);
  root.addEventListener("keydown", (event) => stageKey(view, event));
  root.addEventListener("pointerdown", () => pause(view));
  const { back, next, play, whole } = view.parts;
  back.onclick = () => step(view, -1);
  next.onclick = () => step(view, 1);
  // A press on the button has just paused what was playing: that was its meaning.
  play.onpointerdown = () => (view.pressed = Boolean(view.playing));
  play.onclick = () => {
    const playing = view.pressed || view.playing;
    view.pressed = false;
    if (playing) pause(view);
    else begin(view);
  };
  whole.onclick = () => {
    view.whole = !view.whole;
    view.turn += 1;
    show(view);
    tell(view, 0);
  };
  return view;
}

function update(view, data) {
  const { data: before, root, parts } = view;
  view.data = data;
  takeStages(view, data.stages);
  if (before?.theme !== data.theme) {
    view.scales = Object.fromEntries(
      Object.entries(data.scales).map(([name, stops]) => [name, paints(stops)]),
    );
    for (const [name, colour] of Object.entries(data.colours)) {
      root.style.setProperty(`--${name}`, colour);
    }
    view.matrices.clear();
  }
  // A large matrix that the browser holds is not sent again; should it be lost, it is asked for.
  if (takeMatrices(view)) tell(view, 0, true);
  if (view.maskStamp !== data.hidden) {
    view.maskStamp = data.hidden;
    view.hidden = data.hidden ? decoded(data.hidden, 1) : null;
  }
  settle(view, before);
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", data.words.label);
  for (const name of ["back", "next", "whole"]) write(parts[name], data.words[name]);
  write(parts.hint, data.words.keys);
  showSource(parts.source, data.source);
  labelPlay(view);
  root.dataset.picture = data.picture;
  root.clearheadSave = (format) => saveCards(view, format);
  show(view);
  readOut(view, null, null);
  agree(view, data.theme);
}

// The learner's newest choice stands until Python has answered it; then Python's word counts.
function settle(view, before) {
  const { data } = view;
  if (!before) view.turn = data.turn;
  else if (data.turn < view.turn) {
    if (!view.steps.includes(view.at.stage)) view.at = { ...data.at };
    const [rows, columns] = sizeOf(view, view.at.stage);
    view.at.row = Math.min(view.at.row, rows - 1);
    view.at.column = Math.min(view.at.column, columns - 1);
    return;
  }
  view.turn = data.turn;
  view.at = { ...data.at };
  view.whole = data.whole;
  remember(view);
}

function show(view) {
  const { parts, data, at } = view;
  view.width = parts.cards.clientWidth;
  const place = view.steps.indexOf(at.stage);
  parts.back.disabled = place <= 0;
  parts.next.disabled = place >= view.steps.length - 1;
  parts.whole.setAttribute("aria-pressed", String(Boolean(view.whole)));
  parts.whole.hidden = !data.complete;
  write(parts.saying, view.stages.get(at.stage).saying);
  view.lit = litBy(view);
  showStrip(view, place);
  if (!view.width || !view.matrices.has(at.stage)) return;
  const names = shownCards(view, place);
  const focused = view.root.contains(document.activeElement) && focusedCard(view);
  arrangeCards(view, names);
  const sizes = fitted(view, names);
  for (const name of names) {
    const card = view.cards.get(name);
    if (card.mode !== sizes[name].mode) {
      card.root.classList.remove("full", "dense", "blank", "slice");
      card.root.classList.add(sizes[name].mode);
      card.mode = sizes[name].mode;
    }
    fillCard(view, card, sizes[name].width);
  }
  for (const name of names) placeFrames(view, view.cards.get(name));
  if (view.follow) focusCell(view, view.cards.get(at.stage));
  else if (focused && !focused.root.contains(document.activeElement)) focusCell(view, focused);
  view.follow = false;
}

function arrangeCards(view, names) {
  const { cards } = view.parts;
  const wanted = names.map((name) => {
    if (!view.cards.has(name)) view.cards.set(name, openCard(view, name));
    return view.cards.get(name).root;
  });
  const had = [...cards.children];
  if (had.length === wanted.length && wanted.every((node, i) => node === had[i])) return;
  cards.replaceChildren(...wanted);
  if (view.still.matches || !had.length) return;
  for (const node of wanted) {
    if (had.includes(node)) continue;
    node.animate([{ opacity: 0, transform: "translateY(6px)" }, { opacity: 1, transform: "none" }], {
      duration: 220,
      easing: "ease-out",
    });
  }
}
