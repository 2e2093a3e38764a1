// What is lit up with the chosen cell, and which cards are shown for it.

import { GAP, modesOf } from "./cards/sizes.js";

// Where in a source the cell at this row and column looks: in its row, its column, everywhere, or where a list
// says for each of its rows.
function placed(extent, row, column) {
  if (Array.isArray(extent)) return row === "all" ? "all" : extent[row];
  return { row, column, all: "all" }[extent];
}

// What the chosen cell was made from, and more faintly what that was made from.
export function litBy(view) {
  const { at } = view;
  const step = (stage, rows, columns, level) =>
    view.stages.get(stage).sources.map(([name, row, column]) => {
      const part = (extent) => placed(extent, rows, columns);
      return { name, rows: part(row), columns: part(column), level };
    });
  const first = step(at.stage, at.row, at.column, 1);
  const second = first.flatMap(({ name, rows, columns }) => step(name, rows, columns, 2));
  const same = (a, b) => a.name === b.name && a.rows === b.rows && a.columns === b.columns;
  return [...second.filter((mark, i) => !second.slice(0, i).some((other) => same(mark, other))), ...first];
}

export function shownCards(view, place) {
  const { data, at } = view;
  const later = new Set(view.steps.slice(place + 1));
  const feeds = view.lit.filter(({ level }) => level === 1).map(({ name }) => name);
  const near = new Set([...feeds, at.stage]);
  if (!view.whole || !data.complete) addBefore(view, near);
  return view.cardNames.filter((name) => {
    if (!view.matrices.has(name)) return false;
    return view.whole && data.complete ? !later.has(name) : near.has(name);
  });
}

// Where there is room beside them, what the sources were made from is shown too.
function addBefore(view, near) {
  if (view.width < 700) return;
  const wide = (name) => (view.matrices.has(name) ? modesOf(view, name).full + GAP : 0);
  const total = () => [...near].reduce((sum, name) => sum + wide(name), -GAP);
  const before = view.lit.filter(({ name, level }) => level === 2 && view.matrices.has(name));
  for (const { name } of before) near.add(name);
  for (const { name, level } of view.lit) if (level === 1) near.add(name);
  if (total() <= view.width) return;
  const direct = view.lit.filter(({ level }) => level === 1).map(({ name }) => name);
  for (const { name } of before) if (!direct.includes(name)) near.delete(name);
}
