// A formula is the browser's own mathematics, which an SVG file cannot hold: its signs are written where
// they stand, its fraction bars and root signs drawn.

import { svg } from "../../shared/drawing.js";

export function drawFormula(group, node, outer) {
  const pen = document.createElement("canvas").getContext("2d");
  const at = (box) => ({ x: box.left - outer.left, y: box.top - outer.top });
  for (const sign of node.querySelectorAll("mi, mo, mn, mtext")) {
    const words = sign.textContent;
    if (!words.trim() || !sign.firstChild) continue;
    const range = document.createRange();
    range.selectNodeContents(sign);
    const box = range.getBoundingClientRect();
    const style = getComputedStyle(sign);
    pen.font = `${style.fontSize} ${style.fontFamily}`;
    const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = pen.measureText(words);
    const { x, y } = at(box);
    const slanted = sign.localName === "mi" && words.length === 1 && !"∞∑".includes(words);
    const mark = svg("text", {
      x: x + box.width / 2,
      y: y + (box.height - up - down) / 2 + up,
      fill: style.color,
      "text-anchor": "middle",
      "font-size": style.fontSize,
      "font-family": style.fontFamily,
      "font-style": slanted ? "italic" : "normal",
    });
    mark.textContent = words;
    group.append(mark);
  }
  const line = (d, colour) => group.append(svg("path", { d, fill: "none", stroke: colour }));
  for (const part of node.querySelectorAll("mfrac, msqrt, .cases")) {
    const box = part.getBoundingClientRect();
    const { x, y } = at(box);
    const { color } = getComputedStyle(part);
    if (part.localName === "mfrac") {
      const [top, bottom] = [...part.children].map((child) => child.getBoundingClientRect());
      const bar = (top.bottom + bottom.top) / 2 - outer.top;
      line(`M${x} ${bar}h${box.width}`, color);
    } else if (part.localName === "mtable") {
      line(`M${x + 3} ${y}q-3 0 -3 3v${box.height - 6}q0 3 3 3`, color);
    } else {
      const inner = part.firstElementChild.getBoundingClientRect().left - outer.left - x;
      const foot = box.height - 1;
      const hook = `M${x + inner * 0.15} ${y + foot * 0.6}l${inner * 0.3} ${foot * 0.4}`;
      line(`${hook}L${x + inner * 0.9} ${y + 1}H${x + box.width}`, color);
    }
  }
}
