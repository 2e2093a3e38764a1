// Byte-pair encoding, merge by merge: step, play, go back. Everything is computed here from one message.

import { saveDrawing } from "../shared/drawing.js";
import { element, write } from "../shared/elements.js";
import { keeping } from "../shared/loading/keeping.js";
import { pictured } from "../shared/pictured.js";
import { filled } from "../shared/words.js";
import { after, places } from "./merging.js";

const QUIET = 400;
const SLOW = 1100;
const FAST = 250;
const MANY = 60;
const MARKS = { first: "|◀ ", back: "◀ ", next: "▶ ", play: "▶▶ " };
const viewOf = keeping(open);

export default function ({ data, parentElement, setTriggerValue }) {
  const view = viewOf(parentElement);
  view.send = (step) => setTriggerValue("step", step);
  const asked = JSON.stringify([data.film, data.words]);
  const isNew = view.asked !== asked;
  if (isNew) {
    stop(view);
    clearTimeout(view.timer);
    Object.assign(view, { asked, told: [], pair: null });
  }
  const echo = view.told.indexOf(data.step);
  view.data = data;
  if (isNew) setUp(view);
  if (isNew || echo < 0) go(view, data.step, false);
  else view.told.splice(0, echo + 1);
  return () => {
    clearTimeout(view.timer);
    stop(view);
  };
}

function open(parent) {
  const root = parent.querySelector(".clearhead-merges");
  const part = (name) => root.querySelector(`.${name}`);
  const view = {
    root,
    slider: root.querySelector("input"),
    at: part("at"),
    pairs: part("pairs"),
    pieces: part("pieces"),
    said: part("said"),
    buttons: Object.fromEntries(["first", "back", "next", "play"].map((name) => [name, part(name)])),
    step: 0,
    told: [],
    pair: null,
  };
  const { first, back, next, play } = view.buttons;
  const by = (step) => () => {
    stop(view);
    go(view, step(), true);
  };
  first.onclick = by(() => 0);
  back.onclick = by(() => view.step - 1);
  next.onclick = by(() => view.step + 1);
  play.onclick = () => (view.playing ? stop(view) : start(view));
  view.slider.oninput = by(() => Number(view.slider.value));
  root.clearheadSave = (format) =>
    pictured(view.pieces, (drawing) => saveDrawing(drawing, format, view.data.filename));
  return view;
}

function setUp({ data, root, slider, buttons }) {
  const { film, words, filename, label } = data;
  root.dataset.picture = filename;
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", label);
  slider.max = film.merges.length;
  slider.setAttribute("aria-label", words.slider);
  for (const [name, button] of Object.entries(buttons)) write(button, MARKS[name] + words[name]);
}

function start(view) {
  const { merges } = view.data.film;
  if (view.step >= merges.length) go(view, 0, false);
  view.playing = setInterval(
    () => (view.step < merges.length ? go(view, view.step + 1, true) : stop(view)),
    merges.length > MANY ? FAST : SLOW,
  );
  showPlaying(view);
  go(view, view.step + 1, true);
}

function stop(view) {
  if (!view.playing) return;
  clearInterval(view.playing);
  view.playing = 0;
  showPlaying(view);
}

function showPlaying({ buttons: { play }, data: { words }, playing }) {
  write(play, playing ? `■ ${words.stop}` : MARKS.play + words.play);
}

// Show another step. The page hears of it once nobody has moved for a while.
function go(view, step, tell) {
  const most = view.data.film.merges.length;
  view.step = Math.min(Math.max(step, 0), most);
  view.pair = null;
  paint(view);
  if (!tell) return;
  clearTimeout(view.timer);
  view.timer = setTimeout(() => {
    view.told.push(view.step);
    view.send(view.step);
  }, QUIET);
}

function paint(view) {
  const { film, words } = view.data;
  const { step } = view;
  const { merges, frames } = film;
  const counts = { step, steps: merges.length, tokens: frames[step][2], bytes: frames[0][2] };
  write(view.at, filled(words.at, texts(counts)));
  view.slider.value = step;
  view.slider.setAttribute("aria-valuetext", view.at.textContent);
  view.slider.disabled = !merges.length;
  const { first, back, next, play } = view.buttons;
  first.disabled = back.disabled = step === 0;
  next.disabled = step === merges.length;
  play.disabled = !merges.length;
  view.root.dataset.step = step;
  showPairs(view);
  showPieces(view);
  say(view);
}

function showPairs(view) {
  const { film, words } = view.data;
  const pairs = film.frames[view.step][0];
  const most = pairs[0]?.[2] ?? 1;
  const coming = view.step < film.merges.length;
  const bars = pairs.map((pair, place) => {
    const [left, right, times] = pair;
    const bar = element("button", `bar${place === 0 && coming ? " coming" : ""}`);
    bar.type = "button";
    bar.setAttribute("aria-pressed", String(same(view.pair, pair)));
    bar.append(token(film, left), token(film, right), element("span", "times", String(times)));
    bar.style.setProperty("--share", times / most);
    bar.onclick = () => {
      view.pair = same(view.pair, pair) ? null : pair;
      for (const other of view.pairs.querySelectorAll(".bar"))
        other.setAttribute("aria-pressed", String(other === bar && view.pair !== null));
      showPieces(view);
      say(view);
    };
    return bar;
  });
  view.pairs.replaceChildren(element("p", "title", words.pairs), ...bars);
}

function showPieces(view) {
  const { film } = view.data;
  const made = view.step ? film.merges[view.step - 1][2] : -1;
  view.here = 0;
  view.pieces.dir = film.right_to_left ? "rtl" : "ltr";
  view.pieces.replaceChildren(
    ...after(film.pieces, film.merges, view.step).map((ids) => {
      const piece = element("span", "piece");
      const found = view.pair ? places(ids, view.pair) : [];
      view.here += found.length;
      ids.forEach((id, place) => {
        const chip = token(film, id);
        chip.classList.toggle("new", id === made);
        chip.classList.toggle("lit", found.includes(place) || found.includes(place - 1));
        piece.append(chip);
      });
      return piece;
    }),
  );
}

function token(film, id) {
  const chip = element("span", "token");
  chip.append(element("bdi", "", film.tokens[id]));
  return chip;
}

function say(view) {
  const { film, words } = view.data;
  const told = [sentence(view)];
  if (!film.whole) told.push(words.part);
  write(view.said, told.join(" "));
}

function sentence(view) {
  const { film, words } = view.data;
  if (!film.merges.length) return words.nothing;
  const named = (left, right) => ({ left: `[${film.tokens[left]}]`, right: `[${film.tokens[right]}]` });
  if (view.pair) {
    const [left, right, times] = view.pair;
    return filled(words.stands, { ...named(left, right), ...texts({ times, here: view.here }) });
  }
  if (view.step === film.merges.length) return words.done;
  const [left, right, made] = film.merges[view.step];
  const [pairs, equally] = film.frames[view.step];
  const about = { times: pairs[0][2], others: equally - 1 };
  const all = { ...named(left, right), made: `[${film.tokens[made]}]`, ...texts(about) };
  return filled(equally > 1 ? words.tie : words.coming, all);
}

function same(one, other) {
  return one !== null && one[0] === other[0] && one[1] === other[1];
}

function texts(numbers) {
  return Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, value.toLocaleString("en")]));
}
