// Which figures are drawn here: those that say nothing which is not known. All others are Plotly's.

import { knowsFormat, knowsTemplate } from "./numbers.js";

const MOST_CELLS = 1600;
const MOST_POINTS = 4000;

const words = (text) => new Set(text.split(" "));
const LAYOUT = words(
  "template meta xaxis yaxis shapes annotations showlegend margin bargap transition uirevision",
);
const AXIS = words(
  "range title tickmode tickvals ticktext tickfont tickformat tickangle nticks side visible showgrid " +
    "showline zeroline zerolinecolor showticklabels autotickangles ticklabeloverflow automargin fixedrange",
);
const COMMON = words(
  "type name x y hovertemplate hoverinfo hovertext customdata showlegend legendgroup meta opacity cliponaxis " +
    "visible",
);
const TRACES = {
  heatmap: words("z zmin zmax colorscale xgap ygap showscale colorbar hoverongaps"),
  bar: words("orientation width marker text textposition textfont"),
  scatter: words("mode text textposition textfont marker line fill fillcolor fillpattern"),
};
const BAR = words("title thickness outlinewidth xpad tickfont tickvals ticktext nticks");
const MARKER = words("color size symbol line cornerradius opacity");
const SHAPE = words("type xref yref x0 x1 y0 y1 line layer fillcolor opacity");
const NOTE = words("x y xref yref text showarrow xanchor yanchor xshift yshift font align");
export const SYMBOLS = words(
  "circle square diamond triangle-up cross x circle-open line-ns-open",
);

export function covers({ data, layout }) {
  return (
    only(layout, LAYOUT) &&
    axisKnown(layout.xaxis) &&
    axisKnown(layout.yaxis) &&
    data.every(traceKnown) &&
    ranged(layout, data) &&
    size(data) <= MOST_POINTS &&
    (layout.shapes ?? []).every(
      (shape) => only(shape, SHAPE) && ["rect", "line"].includes(shape.type),
    ) &&
    (layout.annotations ?? []).every((note) => only(note, NOTE) && note.showarrow === false)
  );
}

function only(given, known) {
  return Object.keys(given ?? {}).every((name) => known.has(name));
}

function axisKnown(axis) {
  return only(axis, AXIS) && knowsFormat(axis?.tickformat);
}

// An axis of no trace and of no range has no scale.
function ranged({ xaxis, yaxis }, data) {
  return data.length > 0 || Boolean(xaxis?.range && yaxis?.range);
}

function size(data) {
  return data.reduce((sum, trace) => sum + (trace.x?.length ?? 0), 0);
}

function traceKnown(trace) {
  const own = TRACES[trace.type];
  if (!own) return false;
  if (!Object.keys(trace).every((name) => own.has(name) || COMMON.has(name))) return false;
  if (!hoverKnown(trace)) return false;
  return { heatmap: cellsKnown, bar: barsKnown, scatter: pointsKnown }[trace.type](trace);
}

function hoverKnown({ type, hoverinfo, hovertemplate, mode }) {
  if (hoverinfo === "skip") return true;
  if (typeof hovertemplate === "string") return knowsTemplate(hovertemplate);
  return type === "scatter" && mode === "text";
}

function cellsKnown({ z, x, y, colorbar }) {
  return !x && !y && only(colorbar, BAR) && z.length * (z[0]?.length ?? 0) <= MOST_CELLS;
}

function barsKnown({ marker, textposition, x, y }) {
  return only(marker, MARKER) && [undefined, "outside"].includes(textposition) && numbers(x, y);
}

function pointsKnown({ marker, fill, line, x, y }) {
  const shapes = [marker?.symbol ?? "circle"].flat();
  return (
    only(marker, MARKER) &&
    [undefined, "toself"].includes(fill) &&
    only(line, words("color width dash")) &&
    shapes.every((shape) => SYMBOLS.has(shape)) &&
    numbers(x, y)
  );
}

function numbers(...lists) {
  return lists.every(
    (list) => list && [...list].every((value) => value === null || typeof value === "number"),
  );
}
