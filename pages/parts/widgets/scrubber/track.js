// Where a step has its place on the track: one place for each step that can be looked at, all as wide.

// The last place that has been reached; the track may go on behind it.
export function lastPlace({ steps }) {
  return Math.max(steps.length - 1, 0);
}

// What the handle at ``place`` holds: a step, or null for the newest one, whichever that is.
export function heldAt({ steps }, place) {
  return place >= steps.length - 1 ? null : steps[Math.max(place, 0)];
}

export function placeOf(track, held) {
  const place = held === null ? -1 : track.steps.indexOf(held);
  return place < 0 ? lastPlace(track) : place;
}

// How far the training has come, from 0 to 1 of the track: between two places while it is between two steps.
export function reached({ planned, step }) {
  if (planned.length < 2) return 1;
  const next = planned.findIndex((one) => one > step);
  if (next < 0) return 1;
  if (next === 0) return 0;
  const part = (step - planned[next - 1]) / (planned[next] - planned[next - 1]);
  return (next - 1 + part) / (planned.length - 1);
}
