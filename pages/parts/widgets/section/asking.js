// Sections that have come near are asked for one after the other, the nearest to the eye first: of two
// parts of a page that ask at once, Streamlit hears one.

const PATIENCE = 4000;
const PAUSE = 60;

const waiting = new Map();
let asked = null;
let giveUp;

// Has ``ask`` called when it is this section's turn; returns how to leave the line, as one that is drawn does.
export function inTurn(section, ask) {
  waiting.set(section, ask);
  setTimeout(next, PAUSE);
  return () => {
    waiting.delete(section);
    if (asked !== section) return;
    asked = null;
    clearTimeout(giveUp);
    setTimeout(next, PAUSE);
  };
}

function next() {
  if (asked || !waiting.size) return;
  const [section] = [...waiting.keys()].sort((one, other) => distance(one) - distance(other));
  const ask = waiting.get(section);
  asked = section;
  // An answer that does not come is asked for again.
  giveUp = setTimeout(() => {
    asked = null;
    next();
  }, PATIENCE);
  ask();
}

export function distance(section, eye = innerHeight / 2) {
  const { top, bottom } = section.getBoundingClientRect();
  if (top <= eye && eye <= bottom) return 0;
  return Math.min(Math.abs(top - eye), Math.abs(bottom - eye));
}
