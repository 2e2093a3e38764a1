// The stages as they arrive: one list, in the chain's order, each with all about it.

import { decoded } from "./numbers.js";

// All stages by name; those with a card of their own; of these, what is worked out.
export function takeStages(view, stages) {
  view.stages = new Map(stages.map((stage) => [stage.name, stage]));
  view.cardNames = stages.filter(({ beside }) => !beside).map(({ name }) => name);
  view.steps = view.cardNames.filter((name) => view.stages.get(name).sources.length);
}

// The matrices that came with the stages. Values that the browser holds need not have been sent;
// true if some were not, and are not held either.
export function takeMatrices(view) {
  const had = view.matrices;
  view.matrices = new Map();
  let lost = false;
  for (const { name, matrix, rows, columns, hide, low, high, scale, beside } of view.stages.values()) {
    if (!matrix) continue;
    const before = had.get(name);
    const same = before && before.stamp === matrix.stamp;
    if (!same && matrix.values === null) {
      lost = true;
      continue;
    }
    const values = same ? before.values : decoded(matrix.values, matrix.bits);
    if (beside) putBeside(view.matrices.get(beside), matrix, values);
    else {
      const paints = view.scales[scale];
      view.matrices.set(name, { ...matrix, values, rows, columns, hide, low, high, paints });
    }
  }
  return lost;
}

// The sums of the rows have their place in the card of what they sum up, where it shows the same rows.
function putBeside(host, { shape, first }, sums) {
  if (host && host.first === first && host.shape[0] === shape[0]) host.sums = sums;
}

// What the page says of each stage, with the numbers of a quicker answer.
export function withNumbers(data, answer) {
  const numbers = new Map(answer.stages.map((stage) => [stage.name, stage]));
  const stages = data.stages.map((stage) => ({ ...stage, ...numbers.get(stage.name) }));
  return { ...data, ...answer, stages };
}
