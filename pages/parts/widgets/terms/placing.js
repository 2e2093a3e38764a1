// Where a card stands beside a line of text: under it, over it where there is more room, never outside the window.

const GAP = 6;
const EDGE = 8;

// The line and the answer in pixels from the window's upper left corner; size and room are width and height.
export function placed(line, size, room) {
  const under = line.bottom + GAP;
  const over = line.top - GAP - size.height;
  const fitsUnder = under + size.height <= room.height - EDGE;
  const isRoomier = line.top > room.height - line.bottom;
  const top = fitsUnder || !isRoomier ? under : over;
  return {
    left: within(line.left, room.width - size.width - EDGE),
    top: within(top, room.height - size.height - EDGE),
  };
}

function within(wanted, most) {
  return Math.max(EDGE, Math.min(wanted, most));
}
