// Which rows of keys and values are reckoned in a step, which are read, which are not there yet.

// Step 0 reads the prompt in one pass; each further step reads the token that was written before.
export function rowsAt(step, { prompt, tokens, anew }) {
  const there = prompt + step;
  return tokens.map((_, place) => {
    if (place >= there) return "none";
    return anew || step === 0 || place === there - 1 ? "new" : "kept";
  });
}

// The sum of what all steps up to this one have multiplied.
export function sumUpTo(step, multiplied) {
  return multiplied.slice(0, step + 1).reduce((sum, count) => sum + count, 0);
}
