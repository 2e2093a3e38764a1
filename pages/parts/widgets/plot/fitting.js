// Fitting a figure into the place it has on the screen.

// What a figure cannot know before it meets the screen: how large a cell is in pixels. ``room`` is
// what the axes leave for the cells; ``still`` is a learner who wants nothing to move.
export function fit(figure, { width, height }, room, still) {
  const layout = structuredClone(figure.layout);
  Object.assign(layout, { width, height, autosize: false });
  if (still) delete layout.transition;
  const walk = layout.meta?.cells;
  const across = walk ? room.w / walk.columns : room.w;
  const down = walk ? room.h / walk.rows : room.h;
  const data = figure.data.map((trace) => {
    if (trace.type === "heatmap" && trace.showscale !== false) {
      return { ...trace, showscale: width >= 520 };
    }
    if (trace.meta?.numbers) {
      const most = Math.min((across - 3) / (trace.meta.numbers * 0.55), (down - 2) / 1.2, 14);
      const size = Math.max(Math.round(most), 7);
      return { ...trace, visible: most >= 7, textfont: { ...trace.textfont, size } };
    }
    return trace;
  });
  if (walk && walk.columns > 1) {
    if (width < 520 && layout.xaxis.autotickangles) layout.xaxis.autotickangles = [0, -90];
    thin(layout.xaxis, across);
    thin(layout.yaxis, down);
  }
  return { data, layout };
}

// Labels that would lie on each other: smaller first, then every second, third, …
function thin(axis, pixels) {
  if (!axis?.tickvals) return;
  const size = Math.max(Math.min(axis.tickfont?.size ?? 12, pixels - 1), 8);
  const step = Math.max(1, Math.ceil((size + 1) / pixels));
  axis.tickfont = { ...axis.tickfont, size };
  // The margin is made to hold every label: measuring each once more would be half of the drawing.
  axis.ticklabeloverflow = "allow";
  axis.tickvals = axis.tickvals.filter((_, i) => i % step === 0);
  axis.ticktext = axis.ticktext.filter((_, i) => i % step === 0);
}
