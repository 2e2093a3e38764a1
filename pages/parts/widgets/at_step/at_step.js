// What belongs to a step of a training in words: which step it is, its loss, what the model wrote there.

import { write } from "../shared/elements.js";
import { keeping } from "../shared/loading/keeping.js";
import { join, shownTo } from "../scrubber/replay.js";
import { filled } from "../shared/words.js";

const viewOf = keeping(open);
const UNKNOWN = "\ufffd";

export default function ({ data, parentElement }) {
  const view = viewOf(parentElement);
  view.data = data;
  const panel = data.follows?.panel;
  if (view.panel !== panel) {
    view.leave?.();
    view.panel = panel;
    view.leave = panel === undefined ? null : join(panel, () => show(view));
  }
  show(view);
  return () => view.leave?.();
}

function open(parent) {
  const root = parent.querySelector(".clearhead-at-step");
  const part = (name) => root.querySelector(`.${name}`);
  return { root, words: part("words"), sample: part("sample"), beside: part("beside"), note: part("note") };
}

function show({ root, words, sample, beside, note, data }) {
  const found = data.follows && shownTo(data.follows);
  // Words run ahead of what is still to be fetched only where no sample belongs to them.
  const moment = found && (found.record || !data.framed) ? found : null;
  const { step, loss } = moment ?? { step: data.follows?.step, loss: data.loss };
  const text = moment?.record && data.framed ? moment.record.sample : data.sample;
  root.classList.toggle("framed", data.framed);
  root.style.height = data.height ? `${data.height}px` : "";
  if (data.framed) {
    root.tabIndex = 0;
    root.setAttribute("role", "group");
    root.setAttribute("aria-label", data.words.name);
  }
  root.dataset.step = step ?? "";
  const isEmpty = data.framed && (text === null || text === undefined);
  write(words, isEmpty ? data.words.empty : filled(data.words.says, { step, loss }));
  sample.hidden = isEmpty || !data.framed;
  write(sample, isEmpty || !data.framed ? "" : text);
  const other = isEmpty || !data.framed ? null : nearest(data.beside?.samples, step);
  showBeside(beside, data.beside, other);
  note.hidden = ![text, other?.[2]].some((written) => written?.includes(UNKNOWN));
  write(note, data.words.unknown);
}

// What another training wrote at about the same step.
function showBeside(place, given, other) {
  place.hidden = !other;
  if (!other) return;
  const [step, loss, text] = other;
  const [words, sample] = place.children;
  write(words, filled(given.says, { step, loss }));
  write(sample, text);
}

function nearest(samples, step) {
  let best = null;
  for (const one of samples ?? []) {
    if (!best || Math.abs(one[0] - step) < Math.abs(best[0] - step)) best = one;
  }
  return best;
}
