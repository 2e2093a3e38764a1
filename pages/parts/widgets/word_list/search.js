// Which terms fit what somebody typed, best first.

const LONGEST = 200;

// As it is compared: one form of each letter, small, blanks as one.
export function folded(text) {
  return text.normalize("NFKC").toLowerCase().trim().replace(/\s+/gu, " ");
}

// The entries that fit, those first that are called so; all of them where nothing is asked.
export function fitting(entries, typed) {
  const asked = folded(typed);
  if (!asked) return entries;
  if (asked.length > LONGEST) return [];
  return entries
    .map((entry) => [rank(entry, asked, typed.trim()), entry])
    .filter(([found]) => found < Infinity)
    .sort(([one], [two]) => one - two)
    .map(([, entry]) => entry);
}

function rank(entry, asked, exactly) {
  const names = [entry.name, entry.other, ...entry.symbols].map(folded);
  if (entry.symbols.includes(exactly)) return 0;
  if (names.includes(asked)) return 1;
  if (names.some((name) => name.startsWith(asked))) return 2;
  if (names.some((name) => name.includes(asked))) return 3;
  return saysAll(folded(entry.meaning), asked) ? 4 : Infinity;
}

function saysAll(meaning, asked) {
  return asked.length > 1 && asked.split(" ").every((word) => meaning.includes(word));
}
