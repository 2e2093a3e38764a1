// The strip of all stages above the chain: a small picture of each, with what is being looked at.

import { element, write } from "../shared/elements.js";
import { pixels } from "./cards/canvas.js";
import { goTo } from "./choosing.js";
import { sizeOf } from "./matrix.js";
import { decoded } from "./numbers.js";

export function showStrip(view, place) {
  const { parts } = view;
  parts.strip.onkeydown = (event) => walkStrip(view, event);
  const names = view.cardNames.filter((name) => {
    const { rows, thumbnail } = view.stages.get(name);
    return rows !== "one" && (thumbnail || view.matrices.has(name));
  });
  const wanted = names.map((name) => {
    if (!view.minis.has(name)) view.minis.set(name, openMini(view, name));
    return view.minis.get(name).root;
  });
  const had = [...parts.strip.children];
  if (had.length !== wanted.length || wanted.some((node, i) => node !== had[i])) {
    parts.strip.replaceChildren(...wanted);
  }
  for (const name of names) fillMini(view, view.minis.get(name), place);
  // One stop for the Tab key; the arrows go on from there.
  const stop = names.includes(view.at.stage) ? view.at.stage : names[0];
  for (const name of names) view.minis.get(name).button.tabIndex = name === stop ? 0 : -1;
  const here = view.minis.get(view.at.stage)?.root;
  if (!here || here === view.here) return;
  view.here = here;
  const middle = here.offsetLeft - parts.strip.offsetLeft + here.offsetWidth / 2;
  parts.strip.scrollTo({ left: middle - parts.strip.clientWidth / 2 });
}

function walkStrip(view, event) {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const buttons = [...view.parts.strip.querySelectorAll("button")];
  const here = buttons.indexOf(document.activeElement);
  const to = { ArrowLeft: here - 1, ArrowRight: here + 1, Home: 0, End: buttons.length - 1 }[event.key];
  if (here < 0 || to === undefined) return;
  buttons[Math.min(Math.max(to, 0), buttons.length - 1)].focus();
  event.preventDefault();
  event.stopPropagation();
}

function openMini(view, name) {
  const root = element("li");
  const button = element("button");
  button.type = "button";
  // Shown as an image: each canvas on a page is a layer, which every frame pays for.
  const canvas = element("canvas");
  const picture = element("img");
  picture.alt = "";
  const label = element("span");
  button.append(picture, label);
  root.append(button);
  button.onclick = () => {
    const isFed = (stage) => view.stages.get(stage).sources.some(([from]) => from === name);
    goTo(view, view.steps.includes(name) ? name : view.steps.find(isFed));
  };
  return { name, root, button, canvas, picture, label };
}

function fillMini(view, mini, place) {
  const { data, at } = view;
  const stage = view.stages.get(mini.name);
  const step = view.steps.indexOf(mini.name);
  const folded = step > place;
  const current = mini.name === at.stage;
  write(mini.label, stage.sign);
  mini.root.className = `${step < 0 ? "given" : "stage"}${folded ? " folded" : ""}`;
  mini.button.title = stage.title;
  mini.button.setAttribute("aria-label", stage.title);
  if (current) mini.button.setAttribute("aria-current", "step");
  else mini.button.removeAttribute("aria-current");
  const matrix = view.matrices.get(mini.name) ?? stage.thumbnail;
  const marks = view.lit.filter(({ name }) => name === mini.name);
  const stamp = JSON.stringify([matrix.stamp, marks, data.theme, view.maskStamp, current && at]);
  if (mini.drawn === stamp) return;
  mini.drawn = stamp;
  drawMini(view, mini, marks, current);
}

function drawMini(view, mini, marks, current) {
  const { colours } = view.data;
  const { thumbnail, low, high, scale } = view.stages.get(mini.name);
  let matrix = view.matrices.get(mini.name);
  const whole = sizeOf(view, mini.name);
  if (!matrix || matrix.shape[0] !== whole[0]) {
    if (!thumbnail) return;
    thumbnail.decoded ??= decoded(thumbnail.values, 32);
    const { shape, decoded: values } = thumbnail;
    matrix = { shape, values, paints: view.scales[scale], low, high, first: 0, hide: "" };
  }
  const [rows, columns] = whole;
  const size = Math.min(46 / rows, 64 / columns, 11);
  const [wide, tall] = [Math.max(columns * size, 4), Math.max(rows * size, 4)];
  const ratio = window.devicePixelRatio || 1;
  mini.canvas.width = (wide + 2) * ratio;
  mini.canvas.height = (tall + 2) * ratio;
  mini.picture.style.width = `${wide + 2}px`;
  mini.picture.style.height = `${tall + 2}px`;
  const pen = mini.canvas.getContext("2d", { willReadFrequently: true });
  pen.scale(ratio, ratio);
  pen.imageSmoothingEnabled = false;
  pen.drawImage(pixels(view, matrix), 1, 1, wide, tall);
  const frame = (across, down, colour, width) => {
    const x = across === "all" ? 0 : across * size;
    const y = down === "all" ? 0 : down * size;
    const w = across === "all" ? wide : size;
    const h = down === "all" ? tall : size;
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.strokeRect(1 + x, 1 + y, w, h);
  };
  for (const { rows: r, columns: c, level } of marks) {
    frame(c, r, level === 1 ? colours.attention : colours.muted, level === 1 ? 1.5 : 1);
  }
  if (current) frame(view.at.column, view.at.row, colours.ink, 2);
  mini.picture.src = mini.canvas.toDataURL();
}
