// The page's paper, and whether the server knows that it is dark.

import { brightness } from "./colours.js";

export function paperOf(root) {
  return getComputedStyle(root).getPropertyValue("--st-background-color").trim() || "#ffffff";
}

// The server may not know yet that the learner's theme is dark: it is told, once for each change.
export function agree(view, drawnFor) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.fillStyle = paperOf(view.root);
  pen.fillRect(0, 0, 1, 1);
  const paper = [...pen.getImageData(0, 0, 1, 1).data.slice(0, 3)];
  const actual = brightness(paper) < 0.2 ? "dark" : "light";
  if (drawnFor === actual) view.toldTheme = null;
  else if (view.toldTheme !== actual) {
    view.toldTheme = actual;
    view.send("theme", actual);
  }
}
