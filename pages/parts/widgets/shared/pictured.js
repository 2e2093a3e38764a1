// An SVG of boxes and words that the page has laid out in HTML, for saving as a picture.

import { svg } from "./drawing.js";

const CLEAR = "rgba(0, 0, 0, 0)";

// Draws each box with a border or a colour, and each line of words within ``place``, and hands the drawing to
// ``use``. It stands on the page, out of sight, until that is done.
export async function pictured(place, use) {
  const frame = place.getBoundingClientRect();
  const drawing = svg("svg", { width: frame.width, height: frame.height });
  drawing.style.cssText = `position:absolute;left:-20000px;top:0;width:${frame.width}px;height:${frame.height}px`;
  const at = ({ left, top }) => ({ x: left - frame.left, y: top - frame.top });
  for (const box of place.querySelectorAll("*")) {
    const look = getComputedStyle(box);
    const stroke = parseFloat(look.borderTopWidth) > 0 ? look.borderTopColor : "none";
    if (stroke !== "none" || look.backgroundColor !== CLEAR) {
      const { width, height, ...corner } = rectangle(box);
      drawing.append(svg("rect", { ...at(corner), width, height, rx: 4, fill: look.backgroundColor, stroke }));
    }
    for (const node of box.childNodes) {
      if (node.nodeType !== Node.TEXT_NODE || !node.data.trim()) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const { width, height, ...corner } = rectangle(range);
      const { x, y } = at(corner);
      const words = svg("text", {
        x: x + width / 2,
        y: y + height / 2,
        fill: look.color,
        "font-family": look.fontFamily,
        "font-size": look.fontSize,
        "font-weight": look.fontWeight,
        // A file may be drawn without the page's fonts.
        textLength: width,
        lengthAdjust: "spacingAndGlyphs",
        "text-anchor": "middle",
        "dominant-baseline": "central",
      });
      words.textContent = node.data;
      drawing.append(words);
    }
  }
  place.append(drawing);
  try {
    await use(drawing);
  } finally {
    drawing.remove();
  }
}

function rectangle(of) {
  const { left, top, width, height } = of.getBoundingClientRect();
  return { left, top, width, height };
}
