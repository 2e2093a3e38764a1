// Steps of a computation, forwards, back, by slider or by themselves; the page hears where somebody has stopped.

import { write } from "../elements.js";

const QUIET = 400;
const MARKS = { first: "|◀ ", back: "◀ ", next: "▶ ", play: "▶▶ " };

// ``root`` holds the buttons first, back, next and play and a slider; ``paint`` shows the player's step.
export function openPlayer(root, paint) {
  const named = (name) => [name, root.querySelector(`.${name}`)];
  const player = {
    buttons: Object.fromEntries(["first", "back", "next", "play"].map(named)),
    slider: root.querySelector("input"),
    paint,
    step: 0,
    last: 0,
    pace: 1000,
    told: [],
    waits: false,
    send: () => {},
  };
  const { first, back, next, play } = player.buttons;
  const by = (step) => () => {
    rest(player);
    go(player, step(), true);
  };
  first.onclick = by(() => 0);
  back.onclick = by(() => player.step - 1);
  next.onclick = by(() => player.step + 1);
  play.onclick = () => (player.playing ? rest(player) : start(player));
  player.slider.oninput = by(() => Number(player.slider.value));
  return player;
}

// There is something else to step through: up to ``last``, each step for ``pace`` milliseconds when it plays.
export function load(player, { last, pace, words }) {
  Object.assign(player, { last, pace, words });
  player.slider.max = last;
  player.slider.disabled = player.buttons.play.disabled = !last;
  player.slider.setAttribute("aria-label", words.slider);
  for (const [name, button] of Object.entries(player.buttons)) write(button, MARKS[name] + words[name]);
}

// The page says where it stands. A step that it has not heard of yet is newer.
export function follow(player, step, isNew) {
  const isAhead = player.waits;
  if (isNew) {
    rest(player);
    player.told = [];
  }
  const echo = player.told.indexOf(step);
  if (isAhead) go(player, player.step, true);
  else if (isNew || echo < 0) go(player, step, false);
  else player.told.splice(0, echo + 1);
}

export function close(player) {
  clearTimeout(player.timer);
  rest(player);
}

function start(player) {
  if (player.step >= player.last) go(player, 0, false);
  player.playing = setInterval(
    () => (player.step < player.last ? go(player, player.step + 1, true) : rest(player)),
    player.pace,
  );
  showPlaying(player);
  go(player, player.step + 1, true);
}

function rest(player) {
  if (!player.playing) return;
  clearInterval(player.playing);
  player.playing = 0;
  showPlaying(player);
}

function showPlaying({ buttons: { play }, words, playing }) {
  write(play, playing ? `■ ${words.stop}` : MARKS.play + words.play);
}

function go(player, step, tell) {
  player.step = Math.min(Math.max(step, 0), player.last);
  const { first, back, next } = player.buttons;
  first.disabled = back.disabled = player.step === 0;
  next.disabled = player.step === player.last;
  player.slider.value = player.step;
  player.slider.setAttribute("aria-valuetext", player.paint(player.step));
  clearTimeout(player.timer);
  player.waits = tell;
  if (!tell) return;
  player.timer = setTimeout(() => {
    player.waits = false;
    player.told.push(player.step);
    player.send(player.step);
  }, QUIET);
}
