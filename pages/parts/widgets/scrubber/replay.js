// A training that is gone through step by step: a scrubber says which step is shown, what stands beside it
// follows. What the model wrote and where its heads looked is fetched once somebody takes hold, and kept.

import { bytesOf } from "../shared/arrays.js";

const PAUSE_AFTER_FAILURE = 2000;
const replays = new Map();

export function replayOf(panel) {
  let replay = replays.get(panel);
  if (!replay) {
    replay = {
      run: null,
      steps: [],
      losses: [],
      mark: "",
      shown: null,
      held: false,
      wanted: false,
      failed: false,
      notBefore: 0,
      records: new Map(),
      got: 0,
      followers: new Set(),
    };
    replays.set(panel, replay);
  }
  return replay;
}

// What the server says of the run: its steps so far, their losses in words, and where the rest of them is.
// ``mark`` names what stands at the last of them, so that no old answer is taken for a new one.
export function learn(replay, { run, steps, losses, address, mark }) {
  const grown = steps.length > replay.steps.length;
  const same =
    replay.run === run &&
    replay.steps.every((step, i) => step === steps[i]) &&
    (grown || mark === replay.mark);
  if (!same) Object.assign(replay, { records: new Map(), got: 0, failed: false, notBefore: 0 });
  if (replay.run !== run) Object.assign(replay, { shown: null, held: false, wanted: false });
  Object.assign(replay, { run, steps, losses, address, mark });
  if (replay.wanted) complete(replay);
}

// From now on everything that is known of the steps is kept here, also of those to come.
export function want(replay) {
  replay.wanted = true;
  return complete(replay);
}

// ``held`` is whether the learner keeps the step, or it is the newest one of a run that goes on.
export function show(replay, step, held) {
  if (replay.shown === step && replay.held === held) return;
  Object.assign(replay, { shown: step, held });
  tell(replay);
}

// Without its scrubber everything is as the server drew it: what a visit before has left is not what is shown.
export function forget(replay) {
  Object.assign(replay, { shown: null, held: false });
  tell(replay);
}

// To be told of every other step that is shown; what comes back takes the follower out again.
export function join(panel, follower) {
  const { followers } = replayOf(panel);
  followers.add(follower);
  return () => followers.delete(follower);
}

// What a follower shows that was drawn for ``step``: another step, its loss in words, and the record of it,
// null while there is none; or null where what was drawn is right.
export function shownTo({ panel, run, step }) {
  const replay = replays.get(panel);
  if (!replay || replay.run !== run || replay.shown === null || replay.shown === step) return null;
  const { shown, held, steps, losses, records } = replay;
  if (!held && step > shown) return null; // the server's picture is ahead of its scrubber
  return { step: shown, loss: losses[steps.indexOf(shown)], record: records.get(shown) ?? null };
}

function tell(replay) {
  for (const follower of [...replay.followers]) follower();
}

async function complete(replay) {
  const { run, got, steps, address, mark, records } = replay;
  const nothingNew = got >= steps.length;
  if (replay.asking || nothingNew || performance.now() < replay.notBefore) return;
  replay.asking = true;
  let answer = null;
  try {
    const response = await fetch(`${address}/${got}-${steps.length}/${mark}`);
    if (response.ok) answer = await response.json();
  } catch {
    // The page's own answer comes when the scrubber is let go.
  }
  replay.asking = false;
  if (replay.run !== run || replay.records !== records) {
    if (replay.wanted) complete(replay);
    return;
  }
  replay.failed = !answer;
  if (answer) {
    take(replay, answer);
    replay.got = got + answer.records.length;
  } else replay.notBefore = performance.now() + PAUSE_AFTER_FAILURE;
  tell(replay);
  if (replay.got < replay.steps.length) complete(replay);
}

// Maps are bytes [l h q k]: hundredths, as the cells write them. Vectors stay as they came: see points.js.
function take({ records }, { records: given, shape, probe }) {
  for (const { step, sample, maps, vectors, next, lens } of given) {
    const seen = maps === null ? null : bytesOf(maps);
    records.set(step, { step, sample, shape, probe, vectors, next, lens, maps: seen });
  }
}
