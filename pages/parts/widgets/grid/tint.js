// How a cell is tinted.

const STRONGEST = 0.36;

// ``share`` is -1 to 1, the number over the largest of its matrix; the colours are "#rrggbb".
export function tint(share, { plus, minus }) {
  if (share === 0) return "transparent";
  const strength = Math.round(Math.abs(share) * STRONGEST * 255).toString(16).padStart(2, "0");
  return `${share > 0 ? plus : minus}${strength}`;
}
