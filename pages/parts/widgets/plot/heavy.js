// Figures that only Plotly can draw, updated in place.

import { paperOf } from "../shared/theme.js";
import { fit } from "./fitting.js";
import { plotly } from "./waiting.js";

const CONFIG = { displaylogo: false, displayModeBar: false, doubleClick: false };

// Draws into ``canvas``; ``picked`` is called with the number of the point that is clicked.
export async function byPlotly(root, canvas, picked, address) {
  const Plotly = await plotly(address);
  const state = { room: null, bound: false, drawn: null, closed: false };

  async function draw(figure, size) {
    if (await outlined(figure, size)) return;
    state.figure = figure;
    state.size = size;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    let room = state.room ?? { w: size.width - 90, h: size.height - 70 };
    for (let pass = 0; pass < 2; pass += 1) {
      const fitted = fit(figure, size, room, still);
      await Plotly.react(canvas, fitted.data, fitted.layout, CONFIG);
      if (state.closed || state.figure !== figure) return;
      const { w, h } = canvas._fullLayout._size;
      const done = Math.abs(w - room.w) < 12 && Math.abs(h - room.h) < 12;
      state.room = room = { w, h };
      if (done) break;
    }
    if (!state.bound) {
      state.bound = true;
      canvas.on("plotly_click", ({ points: [point] }) =>
        picked(point.pointNumber ?? point.pointIndex),
      );
    }
    state.drawn = parts(figure, size);
  }

  // Only the outline moved, as it does at every click: a tenth of the work of drawing all.
  async function outlined(figure, size) {
    const now = parts(figure, size);
    const { drawn } = state;
    if (drawn?.length !== now.length || drawn.some((part, i) => part !== now[i])) return false;
    await Plotly.relayout(canvas, { shapes: figure.layout.shapes ?? [] });
    return true;
  }

  return {
    draw,
    axes() {
      // Taken down, or not yet drawn, a canvas has a layout without axes.
      const full = canvas._fullLayout;
      return full?.xaxis && [full.xaxis, full.yaxis].map(axisOf);
    },
    hover(row, column) {
      const walk = state.figure.layout.meta.cells;
      const bar = walk.columns === 1 && canvas._fullData[walk.traces[0]];
      const xval = bar ? bar.x[row] / 2 : column;
      Plotly.Fx.hover(canvas, { xval, yval: row }, "xy");
    },
    unhover: () => state.bound && Plotly.Fx.unhover(canvas),
    // The picture as it stands, on the page's paper.
    save(format, filename) {
      const { data, layout } = canvas;
      const picture = { data, layout: { ...layout, paper_bgcolor: paperOf(root) } };
      const { width, height } = state.size;
      const scale = format === "png" ? 2 : 1;
      Plotly.downloadImage(picture, { format, width, height, scale, filename });
    },
    close() {
      state.closed = true;
      if (state.bound) Plotly.purge(canvas);
    },
  };
}

function axisOf(axis) {
  return {
    offset: axis._offset,
    length: axis._length,
    at: (value) => axis._offset + axis.l2p(value),
  };
}

function parts({ data, layout }, { width, height }) {
  const rest = JSON.stringify({ ...layout, shapes: null, meta: null });
  return [width, height, rest, ...data];
}
