// Which chips stand together: tokens that are parts of one character, in a bracket under it.

// Runs of places in ``chips`` ([shown, first, last, …], characters from first to before last). Two neighbours
// belong together where one ends within the character in which the other begins.
export function brackets(chips) {
  const runs = [];
  chips.forEach(([, first], place) => {
    const run = runs.at(-1);
    if (run && first < chips[place - 1][2]) run.push(place);
    else runs.push([place]);
  });
  return runs;
}

const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const LETTER = /[\p{L}\p{N}]/u;

// Stretches of neighbours that are written in one direction, [direction, first place, place behind the last]:
// what has none, such as a space, goes with both its neighbours if they agree, else with the text around.
export function stretches(texts, around) {
  const own = texts.map((text) => (RIGHT_TO_LEFT.test(text) ? "rtl" : LETTER.test(text) ? "ltr" : null));
  const next = (place) => own.slice(place).find((one) => one !== null) ?? around;
  const found = [];
  let before = around;
  own.forEach((one, place) => {
    const here = one ?? (before === next(place) ? before : around);
    if (one) before = one;
    const last = found.at(-1);
    if (last?.[0] === here) last[2] = place + 1;
    else found.push([here, place, place + 1]);
  });
  return found;
}

// The code points of a text as Unicode writes them.
export function codePoints(text) {
  return Array.from(text, (sign) => `U+${sign.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`);
}

// The place of the chip that a key leads to, or null where the key leads nowhere.
export function led(key, place, count, rightToLeft) {
  const forward = rightToLeft ? "ArrowLeft" : "ArrowRight";
  const backward = rightToLeft ? "ArrowRight" : "ArrowLeft";
  const places = { [forward]: place + 1, [backward]: place - 1, Home: 0, End: count - 1 };
  return Object.hasOwn(places, key) ? Math.min(Math.max(places[key], 0), count - 1) : null;
}
