// Merging in the browser: what stands in a piece after so many merges, and where a pair stands.

// The ids of a piece after the merge [left, right, made], from left to right.
export function merged(ids, [left, right, made]) {
  const found = [];
  for (let place = 0; place < ids.length; place += 1) {
    if (ids[place] === left && ids[place + 1] === right) {
      found.push(made);
      place += 1;
    } else found.push(ids[place]);
  }
  return found;
}

// Each piece after the first ``step`` merges.
export function after(pieces, merges, step) {
  return pieces.map((piece) => {
    let ids = piece;
    for (let done = 0; done < step && ids.length > 1; done += 1) {
      const [left, right] = merges[done];
      const here = ids.indexOf(left);
      if (here >= 0 && ids.includes(right, here + 1)) ids = merged(ids, merges[done]);
    }
    return ids;
  });
}

// The places of a piece at which the pair begins.
export function places(ids, [left, right]) {
  return ids.flatMap((id, place) => (id === left && ids[place + 1] === right ? [place] : []));
}
