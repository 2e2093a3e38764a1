// Texts in a drawing: several lines, some of it bold, at a place or turned about it.

import { svg } from "../../shared/drawing.js";
import { round } from "./numbers.js";
import { lineHeight, lines } from "./words.js";

const MIDDLE = 0.35;

// ``rise`` -1 puts all lines above the place, 1 below it, 0 about it; ``angle`` turns them about it.
export function written(text, x, y, { size, color, anchor = "middle", rise = 0, angle = 0 }) {
  const rows = lines(text);
  const high = lineHeight(size);
  const block = (rows.length - 1) * high;
  const first = y + size * MIDDLE + (rise - 1) * (block / 2) + rise * (size / 2);
  const node = svg("text", { "font-size": size, fill: color, "text-anchor": anchor, x: round(x), y: round(first) });
  node.style.whiteSpace = "pre";
  if (angle) node.setAttribute("transform", `rotate(${angle},${round(x)},${round(y)})`);
  rows.forEach((pieces, row) => {
    const line = rows.length > 1 ? svg("tspan", { x: round(x), y: round(first + row * high) }) : node;
    for (const piece of pieces) {
      const part = svg("tspan", piece.bold ? { "font-weight": "bold" } : {});
      part.textContent = piece.text;
      line.append(part);
    }
    if (line !== node) node.append(line);
  });
  return node;
}
