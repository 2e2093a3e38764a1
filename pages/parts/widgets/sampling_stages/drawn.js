// The line as a drawing: stretches, the number that fell last as a mark, those before it as dots; and the counts.

import { svg } from "../shared/drawing.js";
import { element, write } from "../shared/elements.js";
import { filled, short } from "../shared/words.js";
import { stretches, stretchOf, tally } from "./line.js";
import { fine } from "./stages.js";

const DOTS = 46;
const BAND = 44;
const FOOT = 20;
const ROWS = 9;
const SHOWN = 8;
const SEEN = 3;
const LETTER = 8;

export function drawLine(view, { chosen, drawn }) {
  const { data } = view;
  view.width = view.line.clientWidth;
  if (!view.width) return;
  const inner = view.width - 2;
  const last = drawn.length ? drawn[drawn.length - 1] : null;
  const u = drawn.length ? data.numbers[drawn.length - 1] : null;
  const height = DOTS + BAND + FOOT;
  const picture = svg("svg", { width: view.width, height, role: "img" });
  const keep = [chosen, ...(last === null ? [] : [last])];
  const x = (share) => 1 + share * inner;
  for (const { low, high, places, alone } of stretches(data.final, data.line, SEEN / inner, keep)) {
    const own = places.length === 1;
    const name = own ? data.tokens[places[0]] : filled(data.words.others, { count: places.length });
    const kind = ["stretch", own ? "" : "many", own && places[0] === last ? "hit" : "", own && places[0] === chosen ? "chosen" : ""];
    const width = Math.max((high - low) * inner - (alone ? 1 : 0), 0.5);
    const box = svg("rect", { class: kind.join(" ").trim(), x: x(low), y: DOTS, width, height: BAND });
    const title = svg("title");
    title.textContent = `${name}: ${fine(low)} – ${fine(high)}`;
    box.append(title);
    if (own) box.onclick = () => view.choose(places[0]);
    picture.append(box);
    const room = Math.floor((width - 6) / LETTER);
    if (own && room >= 3) picture.append(words(short(name, room), x(low) + width / 2, DOTS + BAND / 2, "name", "middle"));
  }
  drawn.slice(0, -1).forEach((_, i) => {
    const cx = x(data.numbers[i]);
    picture.append(svg("circle", { class: "dot", cx, cy: DOTS - 5 - (i % ROWS) * 4, r: 2 }));
  });
  if (u !== null) picture.append(...mark(x(u), height));
  for (const [share, anchor] of [[0, "start"], [0.5, "middle"], [1, "end"]]) {
    picture.append(words(String(share), x(share), DOTS + BAND + 12, "tick", anchor));
  }
  const said = sentence(data, chosen, last, u);
  picture.setAttribute("aria-label", said);
  view.line.replaceChildren(picture);
  write(view.said, said);
}

function mark(x, height) {
  return [
    svg("line", { class: "mark halo", x1: x, x2: x, y1: 4, y2: height - FOOT }),
    svg("line", { class: "mark", x1: x, x2: x, y1: 4, y2: height - FOOT }),
    svg("path", { class: "arrow", d: `M${x - 6} 0H${x + 6}L${x} 9Z` }),
  ];
}

function words(text, x, y, name, anchor) {
  const label = svg("text", { x, y, class: name, "text-anchor": anchor, "dominant-baseline": "central" });
  label.textContent = text;
  return label;
}

// Where the last number fell, or else where the chosen token's stretch lies.
function sentence({ words: said, tokens, final, line }, chosen, last, u) {
  const place = last ?? chosen;
  const own = stretchOf(final, line, place);
  const numbers = own && {
    token: `[${tokens[place]}]`,
    low: fine(own.low),
    high: fine(own.high),
    share: fine(final[place]),
  };
  if (last !== null) return filled(said.fell, { ...numbers, u: u.toFixed(4) });
  return own ? filled(said.stretch, numbers) : filled(said.none, { token: `[${tokens[place]}]` });
}

// Counts beside expected counts, as bars with numbers.
export function drawTally(view) {
  const { data, at } = view;
  const { words: said, tokens } = data;
  const drawn = Array.from(data.fallen).slice(0, at.drawn);
  view.tally.hidden = drawn.length < 2;
  if (view.tally.hidden) return;
  const { shown, others } = tally(data.final, drawn, SHOWN);
  const most = Math.max(...shown.map(({ count, expected }) => Math.max(count, expected)), others?.count ?? 0, 1);
  const head = element("caption", "", filled(said.tally, { count: drawn.length }));
  const titles = element("tr");
  for (const name of [said.token, said.count, said.expected]) titles.append(element("th", "", name));
  const rows = shown.map(({ place, ...row }) => line(tokens[place], row, most));
  if (others) rows.push(line(filled(said.others, { count: others.kinds }), others, most));
  view.tally.replaceChildren(head, titles, ...rows);
}

function line(name, { count, expected }, most) {
  const row = element("tr");
  const token = element("th", "token");
  token.append(element("bdi", "", name));
  const cell = element("td", "count");
  const bar = element("i");
  bar.style.width = `${(100 * count) / most}%`;
  const tick = element("b");
  tick.style.left = `${(100 * expected) / most}%`;
  const track = element("span", "track");
  track.append(bar, tick);
  cell.append(element("span", "times", String(count)), track);
  row.append(token, cell, element("td", "expected", expected.toFixed(1)));
  return row;
}
