// Numbers as the browser gets them, writes them and colours them.

import { bytesOf } from "../shared/arrays.js";
import { signed, twoDecimals } from "../shared/numbers.js";

// A matrix arrives as base64 of little-endian doubles (small ones) or floats (large ones).
export function decoded(text, bits) {
  const bytes = bytesOf(text);
  if (bits === 1) return bytes;
  return bits === 64 ? new Float64Array(bytes.buffer) : new Float32Array(bytes.buffer);
}

// Two decimals, as Python writes them: an exact half goes to the even digit.
export function digits(value) {
  if (Number.isNaN(value)) return "–";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  if (size >= 1e5) return value < 0 ? `−${large(size)}` : large(size);
  return signed(value, twoDecimals(size));
}

// For the value under the cursor: enough digits to tell neighbours apart.
export function fiveDigits(value) {
  if (!Number.isFinite(value)) return digits(value);
  const size = Math.abs(value);
  if (size > 0 && size < 1e-6) return "≈ 0";
  if (size >= 1e9) return digits(value);
  return signed(value, String(Number(size.toPrecision(5))));
}

// 4.9·10⁸: a cell has no room for all digits.
function large(size) {
  const [digits, power] = size.toExponential(1).split("e+");
  return `${digits}·10${[...power].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit]).join("")}`;
}

// ``word`` is a pixel as little-endian memory has it.
export function paint(matrix, value) {
  const share = matrix.high > matrix.low ? (value - matrix.low) / (matrix.high - matrix.low) : 0.5;
  return matrix.paints[Math.round(255 * Math.min(Math.max(share, 0), 1))];
}
