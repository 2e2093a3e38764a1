// Numbers as they stand in cells and under the cursor: a true minus sign, a tie to the even digit.

export function signed(value, text) {
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

// Two decimals, and two significant digits below that: 0.00 is never the whole truth. No power of ten: of less
// than a millionth only that it is about nothing.
export function precise(value) {
  const size = Math.abs(value);
  if (size > 0 && size < 1e-6) return "≈ 0";
  const digits = size === 0 || size >= 0.01 ? twoDecimals(size) : small(size);
  return signed(value, digits);
}

function small(size) {
  return String(Number(size.toPrecision(2)));
}

// A tie goes to the even digit, as Python rounds it. Of a thousand and more, no decimals are shown.
export function twoDecimals(size) {
  if (size >= 1000) return size.toFixed(0);
  const tie = (size * 8) % 1 === 0 && (size * 4) % 1 !== 0;
  if (!tie) return size.toFixed(2);
  const below = Math.floor(size * 100);
  return ((below % 2 === 0 ? below : below + 1) / 100).toFixed(2);
}
