// The cards that stand on the page, drawn once more as one SVG: for PNG and SVG files.

import { saveDrawing, svg } from "../../shared/drawing.js";
import { element } from "../../shared/elements.js";
import { drawFormula } from "./drawn_formula.js";

export function saveCards(view, format) {
  const cards = [...view.parts.cards.children].map((node) => view.cards.get(node.dataset.matrix));
  const box = view.parts.cards.getBoundingClientRect();
  const wide = Math.max(...cards.map(({ sheet, scroll }) => sheet.offsetWidth - scroll.clientWidth), 0);
  const picture = svg("svg", { width: box.width + wide, height: box.height });
  for (const card of cards) picture.append(cardDrawing(view, card, box));
  const hold = element("div");
  hold.style.cssText = `position:fixed;left:-9999px;top:0;width:${box.width + wide}px`;
  hold.append(picture);
  view.root.append(hold);
  return saveDrawing(picture, format, view.data.picture).finally(() => hold.remove());
}

function cardDrawing(view, card, outer) {
  const { colours } = view.data;
  const group = svg("g");
  const place = (node) => {
    const box = node.getBoundingClientRect();
    return { x: box.left - outer.left, y: box.top - outer.top, width: box.width, height: box.height };
  };
  const rect = (at, looks) => group.append(svg("rect", { ...at, ...looks }));
  const text = (words, x, y, looks) => {
    const mark = svg("text", { x, y, "font-size": 12, fill: colours.ink, ...looks });
    mark.textContent = words;
    group.append(mark);
  };
  const home = place(card.root);
  text(card.title.textContent, home.x + 14, home.y + 26, { "font-weight": 600, "font-size": 15 });
  drawFormula(group, card.formula, outer);
  const shape = place(card.shape);
  text(card.shape.textContent, shape.x, shape.y + shape.height - 4, { fill: colours.muted });
  if (card.table) {
    for (const mark of card.table.querySelectorAll("th, td")) {
      const at = place(mark);
      const style = getComputedStyle(mark);
      if (mark.dataset.row !== undefined) {
        const hidden = mark.classList.contains("hidden");
        rect(at, { fill: hidden ? "none" : style.backgroundColor, rx: 3 });
        if (hidden) rect(at, { fill: "none", stroke: colours.hatch, "stroke-dasharray": "2 2", rx: 3 });
      }
      if (style.fontSize === "0px") continue;
      const looks = { fill: style.color, "text-anchor": "middle", "font-size": style.fontSize };
      text(mark.textContent, at.x + at.width / 2, at.y + at.height / 2 + 4, looks);
    }
  } else {
    const image = svg("image", place(card.canvas));
    image.setAttribute("href", card.canvas.toDataURL());
    group.append(image);
  }
  for (const frame of card.frames) {
    if (frame.classList.contains("off")) continue;
    const style = getComputedStyle(frame);
    rect(place(frame), {
      fill: "none",
      stroke: style.borderTopColor,
      "stroke-width": style.borderTopWidth,
      "stroke-dasharray": frame.classList.contains("level2") ? "4 3" : "none",
      rx: 4,
    });
  }
  return group;
}
