// Making SVG by hand, and saving what was made as a file of its own.

import { paperOf } from "./theme.js";

export function svg(name, attributes = {}) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

const LOOKS = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-opacity",
  "stroke-dasharray",
  "opacity",
  "font-family",
  "font-size",
  "font-weight",
  "text-anchor",
  "dominant-baseline",
  "rx",
];

// A file knows no style sheet of the page: every mark takes its computed looks with it.
function standing(picture) {
  const { width, height } = picture.getBoundingClientRect();
  const copy = picture.cloneNode(true);
  const marks = picture.querySelectorAll("*");
  copy.querySelectorAll("*").forEach((mark, i) => {
    const style = getComputedStyle(marks[i]);
    for (const look of LOOKS) {
      const value = style.getPropertyValue(look);
      if (value) mark.style.setProperty(look, value);
    }
    if (style.display === "none" || style.visibility === "hidden") mark.style.display = "none";
  });
  copy.removeAttribute("class");
  Object.entries({ width, height }).forEach(([name, value]) => copy.setAttribute(name, value));
  return { copy, width, height };
}

// One drawing, or several, one below the other, on the page's paper.
export async function saveDrawing(pictures, format, filename) {
  const parts = [pictures].flat().filter(Boolean).map(standing);
  if (!parts.length) return;
  const width = Math.max(...parts.map((part) => part.width));
  const height = parts.reduce((sum, part) => sum + part.height, 0);
  const whole = svg("svg", { width, height, viewBox: `0 0 ${width} ${height}` });
  whole.append(svg("rect", { width, height, fill: paperOf([pictures].flat()[0]) }));
  let top = 0;
  for (const { copy, height: own } of parts) {
    copy.setAttribute("y", top);
    whole.append(copy);
    top += own;
  }
  const text = new XMLSerializer().serializeToString(whole);
  const file = new Blob([text], { type: "image/svg+xml" });
  if (format === "svg") {
    offer(file, `${filename}.svg`);
    return;
  }
  const image = new Image();
  image.src = URL.createObjectURL(file);
  await image.decode();
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: 2 * width, height: 2 * height });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  canvas.toBlob((blob) => offer(blob, `${filename}.png`), "image/png");
}

function offer(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
