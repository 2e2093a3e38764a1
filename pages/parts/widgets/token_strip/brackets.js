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
