// A section's place: where links lead, and who tells the page that it comes near.

import { write } from "../shared/elements.js";
import { land } from "../shared/landing.js";
import { keeping } from "../shared/loading/keeping.js";
import { inTurn } from "./asking.js";
import { print } from "./printing.js";

const NEAR = "1200px 0px";
const READ_AFTER = 800;
const STEPS = 20;

const placeOf = keeping((parent) => ({ mark: parent.querySelector(".clearhead-section") }));

export default function ({ data, parentElement, setTriggerValue }) {
  const place = placeOf(parentElement);
  const { mark } = place;
  mark.id = `section-${data.name}`;
  mark.dataset.name = data.name;
  const around = mark.closest(`.st-key-${data.within}`);
  if (!around) return;
  keepRoom(around, data.room);
  release(place);
  const stop = [];
  if (data.room) stop.push(whenNear(around, () => setTriggerValue("near", true)));
  stop.push(fold(parentElement.querySelector(".clearhead-fold"), data.fold, setTriggerValue));
  if (data.watched) stop.push(whenRead(around, () => setTriggerValue("read", true)));
  stop.push(print(data.room || data.fold?.words, () => setTriggerValue("whole", true)));
  place.stop = stop;
  if (data.land && !place.landed) {
    place.landed = true;
    land(mark);
  }
  return () => release(place);
}

function release(place) {
  for (const stop of place.stop ?? []) stop();
  place.stop = [];
}

// What is drawn grows into the room that was kept for it, and only then gives it up.
function keepRoom(around, room) {
  if (room) {
    around.style.minHeight = `${around.dataset.room ? around.clientHeight : around.clientHeight + room}px`;
    around.dataset.room = room;
  } else if (around.dataset.room) {
    delete around.dataset.room;
    setTimeout(() => {
      if (!around.dataset.room) around.style.minHeight = "";
    }, 1500);
  }
}

function whenNear(around, then) {
  let leave = () => {};
  const seen = new IntersectionObserver(
    (entries) => {
      leave();
      leave = entries.at(-1).isIntersecting ? inTurn(around, then) : () => {};
    },
    { root: around.closest('[data-testid="stMain"]'), rootMargin: NEAR },
  );
  seen.observe(around);
  return () => {
    leave();
    seen.disconnect();
  };
}

// A section that goes deeper. What is folded is hidden from the eye, not from the browser's search.
function fold(part, said, send) {
  part.hidden = !said;
  if (!said) return () => {};
  const [button, beside, words] = part.children;
  write(button, said.label);
  button.setAttribute("aria-expanded", said.opened);
  write(beside, said.said);
  write(words, said.words);
  words.setAttribute("hidden", "until-found");
  const turn = () => send("fold", true);
  const found = () => send("near", true);
  button.addEventListener("click", turn);
  words.addEventListener("beforematch", found);
  return () => {
    button.removeEventListener("click", turn);
    words.removeEventListener("beforematch", found);
  };
}

// The end of a section has been in sight for a moment.
function whenRead(around, then) {
  let waiting;
  const seen = new IntersectionObserver(
    ([entry]) => {
      clearTimeout(waiting);
      const { bottom, height } = entry.boundingClientRect;
      const nearly = height / STEPS + 1;
      const end = (entry.rootBounds?.bottom ?? innerHeight) + nearly;
      if (!entry.isIntersecting || bottom > end) return;
      waiting = setTimeout(() => {
        seen.disconnect();
        then();
      }, READ_AFTER);
    },
    {
      root: around.closest('[data-testid="stMain"]'),
      threshold: Array.from({ length: STEPS + 1 }, (_, i) => i / STEPS),
    },
  );
  seen.observe(around);
  return () => {
    clearTimeout(waiting);
    seen.disconnect();
  };
}
