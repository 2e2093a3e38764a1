// A distribution on its way to the draw, in the order of rank: what each stage makes of each token, and the
// arithmetic of one number in words.

import { precise, signed } from "../shared/numbers.js";
import { filled } from "../shared/words.js";

// A number within arithmetic: with four decimals, so that what is reckoned from it comes out nearly the same.
export function fine(value) {
  const size = Math.abs(value);
  if (size && size < 1e-4) return precise(value);
  return signed(value, size < 10 ? size.toFixed(4) : size.toFixed(2));
}

// The stages that there are: what is switched off is not shown, since it changes nothing.
export function stagesOf({ penalty, topK, topP, minP }) {
  return [
    "logits",
    ...(penalty > 0 ? ["penalty"] : []),
    "temperature",
    ...(topK ? ["topK"] : []),
    ...(topP < 1 ? ["topP"] : []),
    ...(minP > 0 ? ["minP"] : []),
    "draw",
  ];
}

// ``written`` tokens carry the penalty. ``cut`` says by which stage a token is left out: 1 top-k, 2 top-p,
// 3 min-p, 0 by none. All arrays are by rank, the best token first.
export function prepared({ logits, written, tempered, cut, final, sampling }) {
  const { penalty, temperature } = sampling;
  const lowered = Array.from(logits, (z, place) => z - (written[place] ? penalty : 0));
  const top = lowered[0];
  const powers = temperature ? lowered.map((z) => Math.exp((z - top) / temperature)) : [];
  const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
  const shares = Array.from(tempered, (p, place) => (cut[place] === 1 ? 0 : p));
  const keptByK = sum(shares);
  let running = 0;
  const before = shares.map((share) => {
    const so_far = running;
    running += share / keptByK;
    return so_far;
  });
  return {
    lowered,
    powers,
    total: sum(powers),
    keptByK,
    before,
    kept: sum(Array.from(tempered, (p, place) => (cut[place] ? 0 : p))),
    zLeast: Math.min(...lowered, ...logits),
    zMost: Math.max(...logits),
  };
}

const CUTS = { topK: [1], topP: [1, 2], minP: [1, 2, 3], draw: [1, 2, 3] };

// Whether a token is still there after a stage.
export function isKept(stage, place, { cut }) {
  return !(CUTS[stage] ?? []).includes(cut[place]);
}

// The number of a token after a stage.
export function numberAt(stage, place, data, ready) {
  if (stage === "logits") return data.logits[place];
  if (stage === "penalty") return ready.lowered[place];
  return stage === "draw" ? data.final[place] : data.tempered[place];
}

// How long its bar is, 0 to 1.
export function shareAt(stage, place, data, ready) {
  const number = numberAt(stage, place, data, ready);
  if (stage === "logits" || stage === "penalty") {
    return (number - ready.zLeast) / (ready.zMost - ready.zLeast || 1);
  }
  const most = stage === "draw" ? Math.max(...data.final) : data.tempered[0];
  return most ? number / most : 0;
}

export function countKept(stage, data) {
  return data.tokens.filter((_, place) => isKept(stage, place, data)).length;
}

// What stands under a stage's name.
export function summary(stage, data, words) {
  const { sampling } = data;
  const kept = words.kept.replace("{count}", countKept(stage, data).toLocaleString("en"));
  const lowered = data.written.filter(Boolean).length;
  return {
    logits: words.all.replace("{count}", data.tokens.length.toLocaleString("en")),
    penalty: words.lowered.replace("{count}", lowered),
    temperature: `T = ${sampling.temperature}`,
    draw: "Σ = 1",
  }[stage] ?? kept;
}

// The arithmetic of one number, as lines of words.
export function linesAt(stage, place, data, ready) {
  const { sampling, words } = data;
  const told = words.arithmetic[stage];
  const say = (name, numbers) => filled(told[name], { token: `[${data.tokens[place]}]`, ...numbers });
  const p = fine(data.tempered[place]);
  const kept = isKept(stage, place, data);
  switch (stage) {
    case "logits":
      return [say("one", { z: fine(data.logits[place]), rank: place + 1 })];
    case "penalty": {
      const numbers = {
        z: fine(data.logits[place]),
        penalty: precise(sampling.penalty),
        lowered: fine(ready.lowered[place]),
        times: fine(Math.exp(sampling.penalty)),
      };
      return [say(data.written[place] ? "written" : "other", numbers)];
    }
    case "temperature": {
      if (!sampling.temperature) return [say("zero", {})];
      const exponent = (ready.lowered[place] - ready.lowered[0]) / sampling.temperature;
      const numbers = {
        z: fine(ready.lowered[place]),
        top: fine(ready.lowered[0]),
        T: sampling.temperature,
        exponent: fine(exponent),
        power: fine(ready.powers[place]),
        total: fine(ready.total),
        count: data.tokens.length.toLocaleString("en"),
        p,
      };
      return [say("divide", numbers), say("power", numbers), say("share", numbers)];
    }
    case "topK":
      return [say(kept ? "kept" : "cut", { rank: place + 1, k: sampling.topK })];
    case "topP": {
      if (data.cut[place] === 1) return [say("gone", {})];
      const share = data.tempered[place] / ready.keptByK;
      const numbers = {
        before: fine(ready.before[place]),
        share: fine(share),
        after: fine(ready.before[place] + share),
        p: sampling.topP,
      };
      const verdict = place === 0 ? "first" : kept ? "kept" : "cut";
      return [say("sum", numbers), say(verdict, numbers)];
    }
    case "minP": {
      if (data.cut[place] === 1 || data.cut[place] === 2) return [say("gone", {})];
      const numbers = {
        least: sampling.minP,
        best: fine(data.tempered[0]),
        limit: fine(sampling.minP * data.tempered[0]),
        p,
      };
      return [say(kept ? "kept" : "cut", numbers)];
    }
    default: {
      if (!kept) return [say("gone", {})];
      const numbers = { p, kept: fine(ready.kept), share: fine(data.final[place]) };
      return [say("share", numbers)];
    }
  }
}
