// Where the keys of a tree lead, as ARIA's pattern for trees says.

// What a key asks for at the row ``at``: another row, to turn this one, to choose it; null for other keys.
export function walked(rows, at, key) {
  const row = rows[at];
  if (!row) return null;
  if (key === "ArrowDown") return { at: Math.min(at + 1, rows.length - 1) };
  if (key === "ArrowUp") return { at: Math.max(at - 1, 0) };
  if (key === "Home") return { at: 0 };
  if (key === "End") return { at: rows.length - 1 };
  if (key === "Enter" || key === " ") return { choose: true };
  if (key === "ArrowRight") {
    if (row.unfolded === false) return { turn: true };
    return row.unfolded ? { at: Math.min(at + 1, rows.length - 1) } : { at };
  }
  if (key === "ArrowLeft") return row.unfolded ? { turn: true } : { at: parent(rows, at) };
  return null;
}

function parent(rows, at) {
  for (let place = at - 1; place >= 0; place -= 1) {
    if (rows[place].level < rows[at].level) return place;
  }
  return at;
}
