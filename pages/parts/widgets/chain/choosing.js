// Choosing a cell or a stage: by click, by key, by the buttons, or playing.

import { write } from "../shared/elements.js";
import { filled } from "../shared/words.js";
import { cursorOf, focusCell, focusedCard } from "./cards/cursor.js";
import { placeFrames } from "./cards/frames.js";
import { axis, hiddenAt, sizeOf } from "./matrix.js";
import { fiveDigits } from "./numbers.js";

const PACE = 1600;
const PATIENCE = 60;

export function step(view, by) {
  const place = view.steps.indexOf(view.at.stage) + by;
  if (place < 0 || place >= view.steps.length) return false;
  goTo(view, view.steps[place]);
  return true;
}

// A stage keeps the query, the key and the column that the learner was looking at.
export function goTo(view, stage) {
  const { seen } = view;
  const { rows, columns } = view.stages.get(stage);
  const [most, widest] = sizeOf(view, stage);
  const row = rows === "queries" ? seen.query : seen.key;
  const column = columns === "keys" ? seen.key : seen.column;
  choose(view, stage, Math.min(row, most - 1), Math.min(column, widest - 1));
}

function choose(view, stage, row, column, patience = 0) {
  view.at = { stage, row, column };
  remember(view);
  view.turn += 1;
  view.show();
  readOut(view, null, null);
  tell(view, patience);
}

export function remember(view) {
  const { stage, row, column } = view.at;
  const { rows, columns } = view.stages.get(stage);
  view.seen ??= { query: row, key: column, column: 0 };
  if (rows === "queries") view.seen.query = row;
  else view.seen.key = row;
  if (columns === "keys") view.seen.key = column;
  else view.seen.column = column;
}

export function tell(view, patience, everything = false) {
  clearTimeout(view.telling);
  view.telling = setTimeout(() => {
    const held = [...view.matrices].map(([name, matrix]) => [name, matrix.stamp]);
    view.send("pick", {
      ...view.at,
      whole: Boolean(view.whole),
      turn: view.turn,
      holds: everything ? {} : Object.fromEntries(held),
    });
  }, patience);
}

// A click in a stage goes there. In an input, it chooses the cell that the clicked one feeds: in the stage
// that is shown, or else in the first one that is made from it. By ``follow`` the focus goes along.
export function chooseIn(view, card, { row, column }, follow = false) {
  const { at } = view;
  card.cursor = { row, column };
  if (view.steps.includes(card.name)) {
    view.follow = true;
    choose(view, card.name, row, column);
    return;
  }
  const feeds = ([name, down]) => name === card.name && (!Array.isArray(down) || down.includes(row));
  const from = (stage) => view.stages.get(stage).sources.find(feeds);
  const stage = from(at.stage) ? at.stage : view.steps.find(from);
  if (!stage) return;
  const [, down, across] = from(stage);
  const [most, widest] = sizeOf(view, stage);
  const to = { row: Math.min(at.row, most - 1), column: Math.min(at.column, widest - 1) };
  if (Array.isArray(down)) to.row = down[to.row] === row ? to.row : down.indexOf(row);
  else if (down !== "all") to[down] = row;
  if (across !== "all") to[across] = column;
  view.follow = follow;
  choose(view, stage, to.row, to.column);
}

// ------------------------------------------------------------------------------------ keys and time

export function stageKey(view, event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const by = { PageDown: 1, "]": 1, PageUp: -1, "[": -1 }[event.key];
  if (!by) return;
  pause(view);
  view.follow = Boolean(focusedCard(view));
  step(view, by);
  event.preventDefault();
  event.stopPropagation();
}

export function walk(view, card, event) {
  if (event.altKey || event.metaKey) return;
  const { first, shape } = card.matrix;
  const at = cursorOf(view, card);
  const [low, high, last] = [first, first + shape[0] - 1, shape[1] - 1];
  const moves = {
    ArrowUp: [at.row - 1, at.column],
    ArrowDown: [at.row + 1, at.column],
    ArrowLeft: [at.row, at.column - 1],
    ArrowRight: [at.row, at.column + 1],
    Home: [event.ctrlKey ? low : at.row, 0],
    End: [event.ctrlKey ? high : at.row, last],
  };
  const move = moves[event.key];
  if (event.key === "Enter" || event.key === " ") chooseIn(view, card, at, true);
  else if (move && (!event.ctrlKey || event.key === "Home" || event.key === "End")) {
    pause(view);
    const row = Math.min(Math.max(move[0], low), high);
    const column = Math.min(Math.max(move[1], 0), last);
    card.cursor = { row, column };
    if (card.name === view.at.stage) {
      view.follow = true;
      choose(view, card.name, row, column, PATIENCE);
    } else {
      placeFrames(view, card);
      focusCell(view, card);
    }
    readOut(view, card, { row, column });
  } else return;
  event.preventDefault();
  event.stopPropagation();
}

export function readOut(view, card, cell) {
  const { readout } = view.parts;
  const { at, data } = view;
  const from = card && cell ? card : view.cards.get(at.stage);
  const place = card && cell ? cell : at;
  const matrix = from?.matrix;
  if (!matrix) return;
  const r = place.row - matrix.first;
  const value = matrix.values[r * matrix.shape[1] + place.column];
  if (value === undefined) return;
  const hidden = hiddenAt(view, matrix, r, place.column);
  const words = {
    name: view.stages.get(from.name).title,
    row: axis(view, matrix.rows)[place.row],
    column: axis(view, matrix.columns)[place.column],
    value: hidden ? `${matrix.hide} (${data.words.hidden})` : fiveDigits(value),
  };
  write(readout, filled(data.words.cell, words));
}

export function begin(view) {
  if (view.at.stage === view.steps.at(-1)) goTo(view, view.steps[0]);
  const on = () => {
    if (!step(view, 1)) return pause(view);
    if (view.at.stage === view.steps.at(-1)) pause(view);
  };
  view.playing = setInterval(on, PACE);
  labelPlay(view);
}

export function pause(view) {
  clearInterval(view.playing);
  view.playing = null;
  if (view.data) labelPlay(view);
}

export function labelPlay(view) {
  const { words } = view.data;
  write(view.parts.play, view.playing ? words.pause : words.play);
}
