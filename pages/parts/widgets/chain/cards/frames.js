// Frames around the chosen cell and around what feeds it, and the headings that light up with them.

import { element } from "../../shared/elements.js";
import { cursorOf } from "./cursor.js";

// Frames move to their place; the selected cell's is the darkest, sources are tinted, theirs dashed.
export function placeFrames(view, card) {
  const { matrix } = card;
  if (!matrix || !card.root.isConnected) return;
  const marks = marksOf(view, card);
  while (card.frames.length < marks.length) {
    const frame = element("div", "frame");
    card.frames.push(frame);
    card.sheet.append(frame);
  }
  card.frames.forEach((frame, i) => {
    const box = marks[i] && boxOf(card, marks[i]);
    frame.className = `frame ${box ? marks[i].kind : "off"}`;
    if (!box) return;
    const [x, y, w, h] = box;
    Object.assign(frame.style, {
      transform: `translate(${x}px, ${y}px)`,
      width: `${w}px`,
      height: `${h}px`,
    });
  });
  if (card.table) headings(view, card, marks);
  bringIntoSight(card, marks);
}

// A table that is wider than the screen scrolls to the chosen cell, and to those that feed it.
function bringIntoSight(card, marks) {
  const { scroll } = card;
  const mark = marks.findLast(({ kind, columns }) => kind !== "cursor" && typeof columns === "number");
  const box = mark && boxOf(card, mark);
  const stamp = box ? `${box[0]} ${box[2]} ${scroll.clientWidth}` : "";
  if (card.sighted === stamp) return;
  card.sighted = stamp;
  if (!box || scroll.scrollWidth <= scroll.clientWidth) return;
  const names = card.table ? (card.heads.rows[0]?.offsetWidth ?? 0) : 0;
  const [from, to] = [box[0] - names - 8, box[0] + box[2] + 8 - scroll.clientWidth];
  if (scroll.scrollLeft > from || scroll.scrollLeft < to) scroll.scrollLeft = Math.max(to, 0);
}

export function marksOf(view, card) {
  const { matrix, name } = card;
  const marks = [];
  for (const { name: to, level, rows, columns } of view.lit) {
    if (to === name) marks.push({ kind: `lit level${level}`, rows, columns });
    if (view.stages.get(to).beside === name && matrix.sums) {
      marks.push({ kind: `lit level${level}`, rows, columns: matrix.shape[1] });
    }
  }
  if (name === view.at.stage) {
    marks.push({ kind: "chosen", rows: view.at.row, columns: view.at.column });
  } else if (card.focused && card.cursor) {
    marks.push({ kind: "cursor", rows: card.cursor.row, columns: card.cursor.column });
  }
  return marks;
}

export function boxOf(card, { rows, columns }) {
  const { matrix } = card;
  const [count, width] = matrix.shape;
  const top = rows === "all" ? 0 : rows - matrix.first;
  const bottom = rows === "all" ? count - 1 : top;
  const left = columns === "all" ? 0 : columns;
  const right = columns === "all" ? width - 1 : columns;
  if (top < 0 || bottom >= count || right > width) return null;
  if (!card.table) {
    const { cell, high } = card.grid;
    const grow = cell < 6 ? 1 : 0;
    return [
      card.grid.left + left * cell - grow,
      card.grid.top + top * high - grow,
      (right - left + 1) * cell + 2 * grow,
      (bottom - top + 1) * high + 2 * grow,
    ];
  }
  const node = (r, c) => (c === width ? card.sums[r] : card.cells[r][c].node);
  const [first, last] = [node(top, left), node(bottom, right)];
  if (!first?.offsetParent || !last?.offsetParent) return null;
  return [
    first.offsetLeft,
    first.offsetTop,
    last.offsetLeft + last.offsetWidth - first.offsetLeft,
    last.offsetTop + last.offsetHeight - first.offsetTop,
  ];
}

// The names of what is lit stand out, and one cell of each table can be reached with Tab.
function headings(view, card, marks) {
  const { matrix } = card;
  const strong = marks.filter(({ kind }) => kind === "chosen" || kind === "lit level1");
  const named = (index, of) => strong.some((mark) => mark[of] === index);
  card.heads.rows.forEach((mark, r) =>
    mark.classList.toggle("named", named(r + matrix.first, "rows")),
  );
  card.heads.columns.forEach((mark, c) => mark.classList.toggle("named", named(c, "columns")));
  const at = cursorOf(view, card);
  const node = card.cells[at.row - matrix.first]?.[at.column]?.node ?? card.cells[0]?.[0]?.node;
  if (card.reachable !== node) {
    if (card.reachable) card.reachable.tabIndex = -1;
    if (node) node.tabIndex = 0;
    card.reachable = node;
  }
  const chosen = card.name === view.at.stage ? node : null;
  if (card.selected !== chosen) {
    card.selected?.removeAttribute("aria-selected");
    chosen?.setAttribute("aria-selected", "true");
    card.selected = chosen;
  }
}
