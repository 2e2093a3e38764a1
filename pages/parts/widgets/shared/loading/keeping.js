// What a widget keeps between its calls. A page may show the same widget several times.

// Hands out what belongs to a place on the page, which ``open`` makes when it is asked for first.
export function keeping(open) {
  const kept = new WeakMap();
  return (place) => {
    if (!kept.has(place)) kept.set(place, open(place));
    return kept.get(place);
  };
}
