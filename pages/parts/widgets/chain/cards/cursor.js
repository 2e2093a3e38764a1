// Where a card's cursor is: under the pointer, at the keyboard's place, with the focus.

// Where the pointer is, as a cell of the whole matrix.
export function cellUnder(view, card, event) {
  const { matrix } = card;
  if (!matrix) return null;
  if (card.table) {
    const node = event.target.closest?.("td[data-row]");
    return node ? { row: Number(node.dataset.row), column: Number(node.dataset.column) } : null;
  }
  const { left, top, cell, high, rows, columns } = card.grid;
  const box = card.canvas.getBoundingClientRect();
  const r = Math.floor((event.clientY - box.top - top) / high);
  const c = Math.floor((event.clientX - box.left - left) / cell);
  if (r < 0 || c < 0 || r >= rows || c >= columns) return null;
  return { row: r + matrix.first, column: c };
}

export function cursorOf(view, card) {
  if (card.name === view.at.stage) return view.at;
  const { first, shape } = card.matrix;
  const at = card.cursor ?? nearest(view, card);
  return {
    row: Math.min(Math.max(at.row, first), first + shape[0] - 1),
    column: Math.min(at.column, shape[1] - 1),
  };
}

// Where the keyboard begins in a card it has not been in: at what is lit there.
function nearest(view, card) {
  const mark = view.lit.find(({ name, level }) => name === card.name && level === 1);
  const place = (index) => (typeof index === "number" ? index : 0);
  return { row: place(mark?.rows), column: place(mark?.columns) };
}

export function focusCell(view, card) {
  const target = card.table ? card.reachable : card.canvas;
  target?.focus({ preventScroll: true });
  target?.scrollIntoView?.({ block: "nearest", inline: "nearest" });
}

export function focusedCard(view) {
  return [...view.cards.values()].find(({ root }) => root.contains(document.activeElement));
}
