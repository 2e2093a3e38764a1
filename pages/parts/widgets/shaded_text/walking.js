// Where an arrow key leads from one of so many tokens; null for any other key.

export function stepped(key, place, count) {
  const last = count - 1;
  const places = {
    ArrowLeft: Math.max(0, place - 1),
    ArrowUp: Math.max(0, place - 1),
    ArrowRight: Math.min(last, place + 1),
    ArrowDown: Math.min(last, place + 1),
    Home: 0,
    End: last,
  };
  return places[key] ?? null;
}
