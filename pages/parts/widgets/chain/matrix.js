// What a matrix of the chain says of itself: its names, its colour, what is hidden, whether digits fit.

const MOST_COLUMNS = 24;

export function axis(view, name) {
  return view.data.axes[name];
}

export function sizeOf(view, stage) {
  const { rows, columns } = view.stages.get(stage);
  return [axis(view, rows).length, axis(view, columns).length];
}

export function tabled(view, { shape: [rows, columns] }) {
  return rows * columns <= view.data.mostCells && columns <= MOST_COLUMNS && rows > 0;
}

export function hiddenAt(view, matrix, r, c) {
  if (!matrix.hide || !view.hidden) return false;
  const at = (matrix.first + r) * matrix.shape[1] + c;
  return Boolean(view.hidden[at >> 3] & (128 >> (at & 7)));
}

export function colourOf(view, kind) {
  const { colours } = view.data;
  return { queries: colours.query, keys: colours.key, values: colours.value }[kind] ?? colours.muted;
}
