// The line from 0 to 1: each token's stretch on it, and what numbers that fall on it draw.

// Stretches in the order of ``order``, which names tokens by rank; those that nobody could see, narrower than
// ``least``, are put together with their neighbours of the same kind. ``keep`` stays alone.
export function stretches(final, order, least, keep = []) {
  const found = [];
  let low = 0;
  for (const place of order) {
    const width = final[place];
    if (!width) continue;
    const alone = width >= least || keep.includes(place);
    const last = found[found.length - 1];
    if (!alone && last && !last.alone) {
      last.high = low + width;
      last.places.push(place);
    } else {
      found.push({ low, high: low + width, places: [place], alone });
    }
    low += width;
  }
  return found;
}

// Where one token's own stretch lies; null if it has none.
export function stretchOf(final, order, wanted) {
  let low = 0;
  for (const place of order) {
    if (place === wanted) return final[place] ? { low, high: low + final[place] } : null;
    low += final[place];
  }
  return null;
}

// The first ``most`` tokens of those that were drawn or could be, with counts beside expected counts, and all
// others together at the end.
export function tally(final, drawn, most) {
  const counts = new Map();
  for (const place of drawn) counts.set(place, (counts.get(place) ?? 0) + 1);
  const rows = Array.from(final, (share, place) => ({
    place,
    count: counts.get(place) ?? 0,
    expected: share * drawn.length,
  })).filter(({ count, expected }) => count || expected);
  rows.sort((a, b) => b.expected - a.expected || b.count - a.count || a.place - b.place);
  const shown = rows.slice(0, most);
  const left = rows.slice(most);
  const sum = (name) => left.reduce((total, row) => total + row[name], 0);
  return { shown, others: left.length ? { kinds: left.length, count: sum("count"), expected: sum("expected") } : null };
}
