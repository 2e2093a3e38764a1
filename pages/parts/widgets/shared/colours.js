// Colours as "#rrggbb", and how bright they look.

export function channels(colour) {
  return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
}

// Relative luminance of [red, green, blue], each 0 to 255: 0 for black, 1 for white (WCAG 2).
export function brightness(rgb) {
  const [red, green, blue] = rgb.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

// A scale of [share, "#rrggbb"] stops as 256 colours, each with an ink that can be read on it.
export function paints(stops) {
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

// As the server chooses it: soft where that can be read, then white, else black or white.
function inkOn(rgb) {
  const background = brightness(rgb) + 0.05;
  const white = 1.05 / background;
  if (background / (brightness([35, 34, 43]) + 0.05) >= 4.5) return "#23222B";
  return white >= 4.5 || white > background / 0.05 ? "#FFFFFF" : "#000000";
}
