// Figures of bars, lines and small heatmaps, drawn as SVG without Plotly: there as soon as their numbers are.

import { saveDrawing, svg } from "../../shared/drawing.js";
import { fit } from "../fitting.js";
import {
  drawAxes,
  drawColourBar,
  drawGrid,
  drawLegend,
  drawNote,
  drawShape,
} from "./around.js";
import { atPlace, label, under } from "./hover.js";
import { drawTrace } from "./marks.js";
import { room, settled } from "./room.js";
import { measuring } from "./words.js";

const BAR_GAP = 0.2;
let clips = 0;

// Draws into ``canvas``; ``picked`` is called with the number of the point that is clicked.
export function lightly(root, canvas, picked) {
  const state = { hidden: new Set(), clip: `clearhead-clip-${(clips += 1)}` };
  const again = () => state.figure && draw(state.figure, state.size);
  const toggle = (group) => {
    if (!state.hidden.delete(group)) state.hidden.add(group);
    again();
  };

  function draw(figure, size) {
    Object.assign(state, { figure, size });
    const { data, layout, place } = placed(figure, size, state);
    Object.assign(state, { data, place });
    state.label ??= label(root);
    state.label.look(layout.hoverlabel);
    const picture = painted(data, layout, place, state, toggle);
    listen(picture);
    canvas.replaceChildren(picture);
    state.picture = picture;
  }

  function listen(picture) {
    const found = (event) => {
      const box = picture.getBoundingClientRect();
      return under(state.data, state.place, event.clientX - box.left, event.clientY - box.top);
    };
    picture.addEventListener("pointermove", (event) => {
      const point = found(event);
      if (point) state.label.show(point);
      else state.label.hide();
    });
    picture.addEventListener("pointerleave", () => state.label.hide());
    picture.addEventListener("click", (event) => {
      const point = found(event);
      if (point) picked(point.number);
    });
  }

  // Widths were measured with another font until the page's own is there.
  if (document.fonts && document.fonts.status !== "loaded") document.fonts.ready.then(again);

  return {
    draw,
    axes: () => state.place && [state.place.across, state.place.down],
    hover(row, column) {
      const walk = state.figure.layout.meta.cells;
      const point = atPlace(state.data, walk, state.place, row, column);
      if (point) state.label.show(point);
    },
    unhover: () => state.label?.hide(),
    save: (format, filename) => saveDrawing(state.picture, format, filename),
    close() {
      state.figure = null;
      state.label?.remove();
      canvas.replaceChildren();
    },
  };
}

function placed(figure, size, { hidden, clip }) {
  let inner = { w: size.width - 90, h: size.height - 70 };
  let [data, layout, place] = [];
  for (let pass = 0; pass < 2; pass += 1) {
    const fitted = fit(figure, size, inner, true);
    layout = settled(fitted.layout);
    data = fitted.data.map((trace, i) => {
      const out = hidden.has(trace.legendgroup ?? i);
      return out ? { ...trace, visible: false } : trace;
    });
    place = room(data, layout, size, measuring(layout.font.family));
    inner = { w: place.area.width, h: place.area.height };
  }
  Object.assign(place, { gap: layout.bargap ?? BAR_GAP, font: layout.font, clip });
  return { data, layout, place };
}

function painted(data, layout, place, { size, clip, hidden }, toggle) {
  const { width, height } = size;
  const picture = svg("svg", {
    class: "clearhead-plot-drawing",
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    "font-family": layout.font.family,
  });
  const defs = svg("defs");
  const cut = svg("clipPath", { id: clip });
  const { area } = place;
  const frame = { x: area.left, y: area.top, width: area.width, height: area.height };
  cut.append(svg("rect", frame));
  defs.append(cut);
  picture.append(defs);
  const shapes = layout.shapes ?? [];
  for (const shape of shapes) if (shape.layer === "below") drawShape(shape, place, picture);
  drawGrid(place, picture);
  for (const trace of data) if (trace.visible !== false) drawTrace(trace, place, picture, defs);
  drawAxes(place, picture);
  for (const shape of shapes) if (shape.layer !== "below") drawShape(shape, place, picture);
  for (const note of layout.annotations ?? []) drawNote(note, place, picture);
  drawColourBar(place, picture, defs);
  picture.append(svg("rect", { ...frame, class: "area", fill: "transparent" }));
  drawLegend(place, layout, hidden, picture, toggle);
  return picture;
}
