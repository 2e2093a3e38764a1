// Byte-pair encoding, merge by merge: step, play, go back. Everything is computed here from one message.

import { saveDrawing } from "../shared/drawing.js";
import { element, write } from "../shared/elements.js";
import { keeping } from "../shared/loading/keeping.js";
import { pictured } from "../shared/pictured.js";
import { close, follow, load, openPlayer } from "../shared/playing/player.js";
import { counted, filled } from "../shared/words.js";
import { after, places } from "./merging.js";

const SLOW = 1100;
const FAST = 250;
const MANY = 60;
const viewOf = keeping(open);

export default function ({ data, parentElement, setTriggerValue }) {
  const view = viewOf(parentElement);
  view.player.send = (step) => setTriggerValue("step", step);
  const asked = JSON.stringify([data.film, data.words]);
  const isNew = view.asked !== asked;
  Object.assign(view, { asked, data });
  if (isNew) setUp(view);
  follow(view.player, data.step, isNew);
  return () => close(view.player);
}

function open(parent) {
  const root = parent.querySelector(".clearhead-merges");
  const part = (name) => root.querySelector(`.${name}`);
  const view = {
    root,
    at: part("at"),
    pairs: part("pairs"),
    pieces: part("pieces"),
    said: part("said"),
    step: 0,
    pair: null,
  };
  view.player = openPlayer(root, (step) => {
    Object.assign(view, { step, pair: null });
    return paint(view);
  });
  root.clearheadSave = (format) =>
    pictured(view.pieces, (drawing) => saveDrawing(drawing, format, view.data.filename));
  return view;
}

function setUp({ data, root, player }) {
  const { film, words, filename, label } = data;
  root.dataset.picture = filename;
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", label);
  const last = film.merges.length;
  load(player, { last, pace: last > MANY ? FAST : SLOW, words });
}

// Shows the view's step, and says which it is.
function paint(view) {
  const { film, words } = view.data;
  const { step } = view;
  const { merges, frames } = film;
  const counts = { step, steps: merges.length, tokens: frames[step][2], bytes: frames[0][2] };
  write(view.at, filled(words.at, counted(counts)));
  view.root.dataset.step = step;
  showPairs(view);
  showPieces(view);
  say(view);
  return view.at.textContent;
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
    return filled(words.stands, { ...named(left, right), ...counted({ times, here: view.here }) });
  }
  if (view.step === film.merges.length) return words.done;
  const [left, right, made] = film.merges[view.step];
  const [pairs, equally] = film.frames[view.step];
  const about = { times: pairs[0][2], others: equally - 1 };
  const all = { ...named(left, right), made: `[${film.tokens[made]}]`, ...counted(about) };
  return filled(equally > 1 ? words.tie : words.coming, all);
}

function same(one, other) {
  return one !== null && one[0] === other[0] && one[1] === other[1];
}
