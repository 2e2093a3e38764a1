// Each stage's formula as MathML, the browser's own mathematics: no fonts, no scripts, no learner's text.

const letter = (name, kind = "") => `<mi${kind ? ` class="${kind}"` : ""}>${name}</mi>`;
const sub = (base, index) => `<msub>${base}${index}</msub>`;
const power = (base, index) => `<msup>${base}${index}</msup>`;
const sign = (text) => `<mo>${text}</mo>`;
const row = (...parts) => `<mrow>${parts.join("")}</mrow>`;
const over = (top, bottom) => `<mfrac>${top}${bottom}</mfrac>`;

const Q = letter("Q", "query");
const K = letter("K", "key");
const V = letter("V", "value");
const WIDTH_ROOT = `<msqrt>${sub(letter("d"), letter("k"))}</msqrt>`;
const weighed = (name, kind) => row(letter("X"), sub(letter("W"), letter(name, kind)));
const biased = (name, kind) => sub(letter("b"), letter(name, kind));
const cell = (name, kind = "", at = "") => sub(prime(letter(name, kind), at), row(letter("i"), letter("j")));
const prime = (base, mark) => (mark ? power(base, sign(mark)) : base);
const summed = `<munder>${sign("∑")}${letter("n")}</munder>`;
const inRow = (name) => sub(letter(name), row(letter("i"), letter("n")));
const choice = (value, when) => `<mtr><mtd>${value}</mtd><mtd><mtext class="${when}"></mtext></mtd></mtr>`;

const FORMULAS = {
  x: letter("X"),
  w_q: sub(letter("W"), letter("Q", "query")),
  w_k: sub(letter("W"), letter("K", "key")),
  w_v: sub(letter("W"), letter("V", "value")),
  b_q: sub(letter("b"), letter("Q", "query")),
  b_k: sub(letter("b"), letter("K", "key")),
  b_v: sub(letter("b"), letter("V", "value")),
  q: row(Q, sign("="), weighed("Q", "query")),
  k: row(K, sign("="), weighed("K", "key")),
  v: row(V, sign("="), weighed("V", "value")),
  q_bias: row(Q, sign("="), weighed("Q", "query"), sign("+"), biased("Q", "query")),
  k_bias: row(K, sign("="), weighed("K", "key"), sign("+"), biased("K", "key")),
  v_bias: row(V, sign("="), weighed("V", "value"), sign("+"), biased("V", "value")),
  given_q: Q,
  given_k: K,
  given_v: V,
  scores: row(letter("S"), sign("="), Q, power(K, sign("⊤"))),
  scaled: row(power(letter("S"), sign("′")), sign("="), over(letter("S"), WIDTH_ROOT)),
  scaled_not: row(power(letter("S"), sign("′")), sign("="), letter("S")),
  scaled_bias: row(
    power(letter("S"), sign("′")),
    sign("="),
    over(letter("S"), WIDTH_ROOT),
    sign("+"),
    letter("B"),
  ),
  scaled_not_bias: row(power(letter("S"), sign("′")), sign("="), letter("S"), sign("+"), letter("B")),
  bias: letter("B"),
  mask: row(
    cell("M"),
    sign("="),
    `<mtable class="cases">${choice(cell("S", "", "′"), "visible")}${choice(
      row(sign("−"), letter("∞")),
      "hidden",
    )}</mtable>`,
  ),
  exp: row(cell("E"), sign("="), power(letter("e"), cell("M"))),
  exp_shifted: row(
    cell("E"),
    sign("="),
    power(letter("e"), row(cell("M"), sign("−"), sub(sign("max"), letter("n")), inRow("M"))),
  ),
  softmax: row(cell("A", "attention"), sign("="), over(cell("E"), row(summed, inRow("E")))),
  output: row(letter("O"), sign("="), letter("A", "attention"), V),
};

// The two words of the mask's formula are the page's, and are put in as text.
function formula(name, words) {
  const holder = document.createElement("template");
  holder.innerHTML = `<math display="block">${FORMULAS[name]}</math>`;
  for (const when of ["visible", "hidden"]) {
    const place = holder.content.querySelector(`mtext.${when}`);
    if (place) place.textContent = ` ${words[when]}`;
  }
  return holder.content.firstChild;
}

// A formula is the browser's own mathematics, which an SVG file cannot hold: its signs are written where
// they stand, its fraction bars and root signs drawn.
function drawFormula(group, node, outer) {
  const pen = document.createElement("canvas").getContext("2d");
  const at = (box) => ({ x: box.left - outer.left, y: box.top - outer.top });
  for (const sign of node.querySelectorAll("mi, mo, mn, mtext")) {
    const words = sign.textContent;
    if (!words.trim() || !sign.firstChild) continue;
    const range = document.createRange();
    range.selectNodeContents(sign);
    const box = range.getBoundingClientRect();
    const style = getComputedStyle(sign);
    pen.font = `${style.fontSize} ${style.fontFamily}`;
    const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = pen.measureText(words);
    const { x, y } = at(box);
    const slanted = sign.localName === "mi" && words.length === 1 && !"∞∑".includes(words);
    const mark = svg("text", {
      x: x + box.width / 2,
      y: y + (box.height - up - down) / 2 + up,
      fill: style.color,
      "text-anchor": "middle",
      "font-size": style.fontSize,
      "font-family": style.fontFamily,
      "font-style": slanted ? "italic" : "normal",
    });
    mark.textContent = words;
    group.append(mark);
  }
  const line = (d, colour) => group.append(svg("path", { d, fill: "none", stroke: colour }));
  for (const part of node.querySelectorAll("mfrac, msqrt, .cases")) {
    const box = part.getBoundingClientRect();
    const { x, y } = at(box);
    const { color } = getComputedStyle(part);
    if (part.localName === "mfrac") {
      const [top, bottom] = [...part.children].map((child) => child.getBoundingClientRect());
      const bar = (top.bottom + bottom.top) / 2 - outer.top;
      line(`M${x} ${bar}h${box.width}`, color);
    } else if (part.localName === "mtable") {
      line(`M${x + 3} ${y}q-3 0 -3 3v${box.height - 6}q0 3 3 3`, color);
    } else {
      const inner = part.firstElementChild.getBoundingClientRect().left - outer.left - x;
      const foot = box.height - 1;
      const hook = `M${x + inner * 0.15} ${y + foot * 0.6}l${inner * 0.3} ${foot * 0.4}`;
      line(`${hook}L${x + inner * 0.9} ${y + 1}H${x + box.width}`, color);
    }
  }
}
