// The lines of the head view, and what stands beside them.

import { svg } from "../shared/drawing.js";
import { touches } from "./links.js";

export const ROW = 27;
export const TOP = 26;

export function strokes(view, links, shown, at) {
  const { left, right } = view.ends;
  return links.map((link) => {
    const { head, query, target, weight } = link;
    const shift = (shown.indexOf(head) - (shown.length - 1) / 2) * 2;
    const line = stroke(view.data.series, head, {
      x1: left + 2,
      y1: middle(query) + shift,
      x2: right - 2,
      y2: middle(target) + shift,
      "stroke-width": (0.6 + 5 * weight).toFixed(2),
      "stroke-opacity": (at ? 0.25 + 0.75 * weight : 0.08 + 0.8 * weight).toFixed(3),
    });
    line.link = link;
    return line;
  });
}

export function stroke(series, head, attributes) {
  const { colour, dash } = series[head % series.length];
  return svg("line", { ...attributes, stroke: colour, "stroke-dasharray": dash });
}

function middle(index) {
  return TOP + index * ROW + ROW / 2;
}

// Gold links: a dotted line of ink between two diamonds, only that of the chosen token while one is.
export function markLinks(view, at) {
  const { left, right } = view.ends;
  const wanted = view.data.links.filter(([query, target]) => touches(at, query, target));
  view.gold.replaceChildren(
    ...wanted.flatMap(([query, target]) => {
      const ends = [left + 7, middle(query), right - 7, middle(target)];
      const line = svg("line", { class: "gold", x1: ends[0], y1: ends[1], x2: ends[2], y2: ends[3] });
      const marks = [ends.slice(0, 2), ends.slice(2)].map(([x, y]) =>
        svg("path", { class: "gold", d: `M${x - 5} ${y}l5 -5l5 5l-5 5z` }),
      );
      return at ? [line, ...marks] : marks;
    }),
  );
}

// With one head shown, the weight stands beside the token it belongs to.
export function shares(view, at, shown) {
  if (at?.side !== "query" || shown.length !== 1) {
    view.shares.replaceChildren();
    return;
  }
  view.shares.replaceChildren(
    ...view.weights[shown[0]][at.index].flatMap((weight, index) => {
      if (weight < 0.005) return [];
      const place = { x: view.ends.stop - 2, y: middle(index), "text-anchor": "end" };
      const mark = svg("text", { class: "share", ...place });
      mark.textContent = weight.toFixed(2);
      return [mark];
    }),
  );
}
