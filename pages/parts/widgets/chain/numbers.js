// Numbers as the browser gets them, writes them and colours them.

// A matrix arrives as base64 of little-endian doubles (small ones) or floats (large ones).
function decoded(text, bits) {
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i += 1) bytes[i] = letters.charCodeAt(i);
  if (bits === 1) return bytes;
  return bits === 64 ? new Float64Array(bytes.buffer) : new Float32Array(bytes.buffer);
}

// Two decimals, as Python writes them: an exact half goes to the even digit.
function digits(value) {
  if (Number.isNaN(value)) return "–";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  if (size >= 1e5) return signed(value, size.toExponential(1).replace("e+", "e"));
  if (size >= 1000) return signed(value, size.toFixed(0));
  const eighths = size * 8;
  const down = Number.isInteger(eighths) && eighths % 4 === 1;
  return signed(value, (down ? size - 0.005 : size).toFixed(2));
}

function signed(value, text) {
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

// For the value under the cursor: enough digits to tell neighbours apart.
function precise(value) {
  if (!Number.isFinite(value)) return digits(value);
  const text = String(Number(Math.abs(value).toPrecision(5)));
  return signed(value, text);
}

// A scale of [share, "#rrggbb"] stops as 256 colours, each with an ink that can be read on it.
function paints(stops) {
  const colours = [];
  for (let i = 0; i < 256; i += 1) {
    const share = i / 255;
    const next = Math.max(1, stops.findIndex(([place]) => place >= share));
    const [low, first] = stops[next - 1];
    const [high, second] = stops[next];
    const part = (share - low) / (high - low);
    const a = channels(first);
    const rgb = channels(second).map((b, k) => Math.round(a[k] + (b - a[k]) * part));
    const [red, green, blue] = rgb;
    const word = ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
    colours.push({ word, css: `rgb(${rgb.join()})`, ink: inkOn(rgb) });
  }
  return colours;
}

function channels(colour) {
  return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
}

function inkOn(rgb) {
  const background = brightness(rgb);
  const dark = (background + 0.05) / (brightness([35, 34, 43]) + 0.05);
  return dark >= 4.5 ? "#23222B" : "#FFFFFF";
}

function brightness(rgb) {
  const [red, green, blue] = rgb.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

// ``word`` is a pixel as little-endian memory has it.
function paint(matrix, value) {
  const share = matrix.high > matrix.low ? (value - matrix.low) / (matrix.high - matrix.low) : 0.5;
  return matrix.paints[Math.round(255 * Math.min(Math.max(share, 0), 1))];
}
