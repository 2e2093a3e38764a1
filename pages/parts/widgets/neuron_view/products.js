// The numbers of the neuron view, and how their cells are written and shaded.

import { brightness, channels } from "../shared/colours.js";
import { signed, twoDecimals } from "../shared/numbers.js";

// One query against one key: q, k, their products number by number, the score, the scaled score.
export function numbers({ queries, keys }, [query, target]) {
  const q = queries[query];
  const k = keys[target];
  const products = q.map((value, i) => value * k[i]);
  const score = products.reduce((a, b) => a + b, 0);
  return { q, k, products, score, scaled: score / Math.sqrt(q.length) };
}

export function peak(...lists) {
  return Math.max(...lists.flat().map(Math.abs), 1e-12);
}

// Always two decimals in a cell; the whole truth is under the cursor.
export function digits(value) {
  return signed(value, twoDecimals(Math.abs(value)));
}

// The diverging scale, interpolated as Plotly does: -1 and 1 are its ends.
export function shade(scale, share) {
  const place = ((Math.min(Math.max(share, -1), 1) + 1) / 2) * (scale.length - 1);
  const low = Math.min(Math.floor(place), scale.length - 2);
  const [from, to] = [channels(scale[low]), channels(scale[low + 1])];
  const mixed = from.map((a, i) => Math.round(a + (to[i] - a) * (place - low)));
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;
}

export function inkOn(colour) {
  return brightness(channels(colour)) > 0.2 ? "soft" : "white";
}
