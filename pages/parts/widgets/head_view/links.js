// Which links of the head view are worth a line, and how strongly a head looks.

const FAINTEST = 0.03;
const MOST_LINES = 1500;

// Thousandths, one after the other, become weights [head][query][key].
export function weightsOf(flat, heads, size) {
  return Array.from({ length: heads }, (_, head) =>
    Array.from({ length: size }, (_, query) => {
      const start = (head * size + query) * size;
      return Array.from(flat.subarray(start, start + size), (weight) => weight / 1000);
    }),
  );
}

// The links worth a line, the strongest last, so that they lie on top; never more than can be seen.
export function linksOf(weights, shown, at) {
  const links = [];
  const consider = (head, query, target) => {
    const weight = weights[head][query][target];
    if (weight >= FAINTEST) links.push({ head, query, target, weight });
  };
  const count = weights[0]?.length ?? 0;
  for (const head of shown) {
    for (let i = 0; i < count; i += 1) {
      if (at?.side === "query") consider(head, at.index, i);
      else if (at) consider(head, i, at.index);
      else for (let target = 0; target < count; target += 1) consider(head, i, target);
    }
  }
  return links.sort((a, b) => a.weight - b.weight).slice(-MOST_LINES);
}

export function touches(at, query, target) {
  return !at || at.index === (at.side === "query" ? query : target);
}

// How strongly each head looks: the largest weight of the chosen token, or the mean of all rows'
// largest. (A page may show one query alone; rows without any weight do not count.)
export function strengths(weights, at) {
  return weights.map((rows) => {
    if (at?.side === "query") return Math.max(...rows[at.index]);
    if (at) return Math.max(...rows.map((row) => row[at.index]));
    const largest = rows.map((row) => row.reduce((a, b) => Math.max(a, b), 0)).filter(Boolean);
    return largest.reduce((sum, weight) => sum + weight, 0) / (largest.length || 1);
  });
}

export function same(one, other) {
  return Boolean(one && other && one.side === other.side && one.index === other.index);
}
