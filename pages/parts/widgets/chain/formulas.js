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

export const FORMULAS = {
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
export function formula(name, words) {
  const holder = document.createElement("template");
  holder.innerHTML = `<math display="block">${FORMULAS[name]}</math>`;
  for (const when of ["visible", "hidden"]) {
    const place = holder.content.querySelector(`mtext.${when}`);
    if (place) place.textContent = ` ${words[when]}`;
  }
  return holder.content.firstChild;
}
