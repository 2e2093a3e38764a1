// The marks and names of a cloud of words, drawn where they are now.

import { svg } from "../shared/drawing.js";
import { element, write } from "../shared/elements.js";
import { named, turned } from "./points.js";

// A group is told by its form, not by its colour alone; those that are lines have no inside.
const FILLED = [
  "M-5,0A5,5 0 1,0 5,0A5,5 0 1,0 -5,0Z",
  "M-4.5,-4.5H4.5V4.5H-4.5Z",
  "M0,-6.5L6,0L0,6.5L-6,0Z",
  "M0,-6L5.8,4.5H-5.8Z",
  "M-2,-6H2V-2H6V2H2V6H-2V2H-6V-2H-2Z",
  "M0,6L5.8,-4.5H-5.8Z",
  "M0,-6.5L1.8,-2H6.4L2.8,1L4.2,5.8L0,3L-4.2,5.8L-2.8,1L-6.4,-2H-1.8Z",
];
const LINES = [
  "M-4.5,-4.5L4.5,4.5M-4.5,4.5L4.5,-4.5",
  "M-4.5,0A4.5,4.5 0 1,0 4.5,0A4.5,4.5 0 1,0 -4.5,0Z",
  "M-4,-4H4V4H-4Z",
  "M0,-6L5.5,0L0,6L-5.5,0Z",
  "M0,-6V6M-6,0H6",
  "M0,-5.5L5.4,4.2H-5.4Z",
];
const FORMS = FILLED.length + LINES.length;
const MARGIN = 30;
const TURN = 0.12;
const TURNS = {
  ArrowLeft: [-TURN, 0],
  ArrowRight: [TURN, 0],
  ArrowUp: [0, -TURN],
  ArrowDown: [0, TURN],
};

export function markOf(group, colours) {
  const form = group % FORMS;
  const colour = colours[group];
  if (form < FILLED.length) return svg("path", { d: FILLED[form], fill: colour, stroke: "none" });
  return svg("path", { d: LINES[form - FILLED.length], fill: "none", stroke: colour, "stroke-width": 2 });
}

// A sign of its own, as a list or a legend shows it.
export function signOf(group, colours) {
  const sign = svg("svg", { class: "sign", viewBox: "-8 -8 16 16", width: 16, height: 16, "aria-hidden": "true" });
  if (group >= 0) sign.append(markOf(group, colours));
  return sign;
}

// How an arrow key turns a cloud in space: [yaw, pitch], or nothing.
export function turnOf(key) {
  return TURNS[key];
}

// A button for each group: pressed ones stand out in the picture.
export function legend(view, act) {
  const { names, colours } = view.data;
  const asked = JSON.stringify([names, colours]);
  if (view.legendOf !== asked) {
    view.legendOf = asked;
    const buttons = names.map((name, group) => {
      const button = element("button");
      button.type = "button";
      button.onclick = () => act(group);
      button.append(signOf(group, colours), element("span", "", name));
      return button;
    });
    view.legend.replaceChildren(...buttons);
  }
  [...view.legend.children].forEach((button, group) => button.setAttribute("aria-pressed", view.lit.has(group)));
}

// Draws all points, and returns where each is on the screen.
export function drawn(view, size) {
  const points = projected(view, size);
  const { picture } = view;
  picture.setAttribute("width", size.width);
  picture.setAttribute("height", size.height);
  const [axes, marks, names] = picture.children;
  drawAxes(view, axes, size);
  drawMarks(view, marks, points);
  drawNames(view, names, points, size);
  return points;
}

function projected(view, { width, height }) {
  const { places, rows, data, depth, angles, lit } = view;
  const { box } = data;
  const centre = box.map(([low, high]) => (low + high) / 2);
  const half = box.map(([low, high]) => (high - low) / 2 || 1);
  const [across, down] = [width / 2 - MARGIN - 18, height / 2 - MARGIN / 2 - 6];
  const radius = Math.hypot(...half.slice(0, 3));
  const scale = depth ? Math.min(across, down) / (0.8 * radius) : Math.min(across / half[0], down / half[1]);
  view.scale = { scale, centre, half, radius };
  return rows.map((row, i) => {
    const from = [0, 1, 2].map((k) => places[3 * i + k] - (centre[k] ?? 0));
    const [x, y, z] = depth ? turned(from, angles) : [from[0], from[1], 0];
    const group = data.groups[row];
    return {
      x: width / 2 + x * scale,
      y: height / 2 - y * scale,
      near: depth ? z / radius : 0,
      hidden: lit.size > 0 && !lit.has(group) && row !== view.chosen,
    };
  });
}

function drawAxes(view, place, { width, height }) {
  const { depth, angles, data } = view;
  const { scale, half, centre } = view.scale;
  const lines = [];
  if (depth) {
    half.slice(0, 3).forEach((length, k) => {
      const end = [0, 0, 0];
      end[k] = length;
      const [x, y] = turned(end, angles).map((one) => one * scale);
      lines.push([width / 2 - x, height / 2 + y, width / 2 + x, height / 2 - y, `${k + 1}`]);
    });
  } else if (!data.places) {
    const [x, y] = [width / 2 - centre[0] * scale, height / 2 + centre[1] * scale];
    lines.push([8, y, width - 8, y, "1"], [x, height - 8, x, 8, "2"]);
  }
  place.replaceChildren(
    ...lines.flatMap(([x1, y1, x2, y2, name]) => {
      const label = svg("text", { x: x2 - 2, y: y2 - 4, "text-anchor": "end" });
      label.textContent = name;
      return [svg("line", { x1, y1, x2, y2 }), label];
    }),
  );
}

function drawMarks(view, place, points) {
  const { data, rows, chosen, neighbours } = view;
  const asked = JSON.stringify([rows, data.colours, data.groups]);
  if (view.marksOf !== asked) {
    view.marksOf = asked;
    view.marks = rows.map((row) => {
        const group = data.groups[row];
        const mark = svg("g");
        mark.append(
          group < 0 ? svg("path", { d: LINES[1], fill: "none", class: "plain" }) : markOf(group, data.colours),
        );
        return mark;
      });
    place.replaceChildren(...view.marks);
  }
  const close = new Set(neighbours.map(([row]) => row));
  rows.forEach((row, i) => {
    const { x, y, near, hidden } = points[i];
    const mark = view.marks[i];
    const grown = row === chosen ? 1.9 : close.has(row) ? 1.35 : 1;
    mark.setAttribute("transform", `translate(${x.toFixed(1)},${y.toFixed(1)}) scale(${grown * (1 + 0.35 * near)})`);
    mark.setAttribute("opacity", hidden ? 0.1 : Math.min(1, 0.8 + 0.4 * near));
    mark.setAttribute("class", row === chosen ? "chosen" : "");
    if (row === chosen && place.lastElementChild !== mark) place.append(mark);
  });
}

function drawNames(view, place, points, size) {
  const { data, rows, chosen, neighbours, hovered, at } = view;
  const rank = new Map(neighbours.map(([row], i) => [row, i + 1]));
  const importance = (i) => {
    if (i === hovered || i === at) return -2;
    return rows[i] === chosen ? -1 : (rank.get(rows[i]) ?? 100 + data.order[rows[i]]);
  };
  const order = rows.map((_, i) => i).sort((a, b) => importance(a) - importance(b));
  const widths = (i) => wide(data.words_of[rows[i]]) * (importance(i) < 100 ? 1.08 : 1);
  const written = named(points, order, size, widths);
  place.replaceChildren(
    ...written.map(([i, left]) => {
      const strong = importance(i) < 100;
      const label = svg("text", { x: left, y: points[i].y + 4, class: strong ? "strong" : "" });
      label.textContent = data.words_of[rows[i]];
      return label;
    }),
  );
}

// About how wide a word is, in pixels: Han characters take twice the room.
function wide(word) {
  return [...word].reduce((sum, sign) => sum + (sign > "\u2e80" ? 13 : 7), 4);
}

// The chosen word's nearest, each a button that chooses it.
export function listNear(view, title, pick, number) {
  const { data, neighbours } = view;
  const items = neighbours.map(([row, cosine]) => {
    const button = element("button");
    button.type = "button";
    button.onclick = () => pick(row);
    button.append(
      signOf(data.groups[row], data.colours),
      element("b", "", data.words_of[row]),
      element("span", "", number(cosine)),
    );
    const item = element("li");
    item.append(button);
    return item;
  });
  let [heading, list] = view.near.children;
  if (!list) {
    heading = element("p");
    list = element("ol");
    view.near.append(heading, list);
  }
  write(heading, title);
  list.replaceChildren(...items);
}
