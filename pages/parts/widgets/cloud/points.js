// Vectors as points: where they lie on given axes, how near they are, which way leads from one to the next.

import { bytesOf } from "../shared/arrays.js";

// Whole numbers and what to multiply them by: {bdata, shape: [rows, width], scale}.
export function vectorsOf({ bdata, shape: [rows, width], scale }) {
  const whole = new Int16Array(bytesOf(bdata).buffer);
  return { rows, width, numbers: Float32Array.from(whole, (number) => number * scale) };
}

// Three coordinates for each of the ``shown`` rows, on the axes of a plane: {mean [d], axes [[d] …]}.
export function placed({ width, numbers }, { mean, axes }, shown) {
  const places = new Float32Array(3 * shown.length);
  shown.forEach((row, i) => {
    axes.forEach((axis, k) => {
      let sum = 0;
      for (let j = 0; j < width; j += 1) sum += (numbers[row * width + j] - mean[j]) * axis[j];
      places[3 * i + k] = sum;
    });
  });
  return places;
}

// The rows most like one of them, best first, each with its cosine; of a row of zeros, none.
export function nearest({ rows, width, numbers }, row, count) {
  const of = (a, b) => {
    let sum = 0;
    for (let j = 0; j < width; j += 1) sum += numbers[a * width + j] * numbers[b * width + j];
    return sum;
  };
  const own = Math.sqrt(of(row, row));
  if (!own) return [];
  const found = [];
  for (let other = 0; other < rows; other += 1) {
    const length = other === row ? 0 : Math.sqrt(of(other, other));
    if (length) found.push([other, of(row, other) / (own * length)]);
  }
  return found.sort((a, b) => b[1] - a[1]).slice(0, count);
}

// Turned about the upright axis, then tilted towards the one who looks; angles in radians.
export function turned([x, y, z], { yaw, pitch }) {
  const [sinY, cosY, sinP, cosP] = [Math.sin(yaw), Math.cos(yaw), Math.sin(pitch), Math.cos(pitch)];
  const across = x * cosY + z * sinY;
  const depth = z * cosY - x * sinY;
  return [across, y * cosP - depth * sinP, depth * cosP + y * sinP];
}

const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

// The point to go to from ``at`` with an arrow key: near, and in that direction; ``at`` where there is none.
export function towards(points, at, key) {
  const way = WAYS[key];
  if (!way) return at;
  let best = at;
  let least = Infinity;
  points.forEach(({ x, y, hidden }, i) => {
    if (i === at || hidden) return;
    const [dx, dy] = [x - points[at].x, y - points[at].y];
    const ahead = dx * way[0] + dy * way[1];
    const aside = Math.abs(dx * way[1]) + Math.abs(dy * way[0]);
    if (ahead <= 0.5 || aside > 2 * ahead) return;
    const far = ahead + 2 * aside;
    if (far < least) [best, least] = [i, far];
  });
  return best;
}

// Which points get their name written, so that no name lies on another: those first in ``order`` first.
export function named(points, order, { width, height }, widthOf) {
  const taken = [];
  const written = [];
  for (const i of order) {
    const { x, y, hidden } = points[i];
    const wide = widthOf(i);
    if (hidden || y < 14 || y > height || x < 0 || x > width) continue;
    // To the right of the mark, or to its left where that would leave the picture.
    const left = x + 9 + wide > width ? x - 9 - wide : x + 9;
    const box = { left, right: left + wide, top: y - 8, bottom: y + 8 };
    const free = taken.every(
      (other) =>
        box.right < other.left || box.left > other.right || box.bottom < other.top || box.top > other.bottom,
    );
    if (left < 0 || !free) continue;
    taken.push(box);
    written.push([i, left]);
  }
  return written;
}
