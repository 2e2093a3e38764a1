// What the one line of a widget asks for: its program, once its style sheet is there too.

import { leaving } from "./leaving.js";

export async function load(widget) {
  const [program] = await Promise.all([
    import(`../../${widget}/${widget}.js`),
    styled(new URL(`../../${widget}/${widget}.css`, import.meta.url).href),
  ]);
  return ({ data, ...rest }) => leaving(rest.parentElement, program.default({ ...rest, data: unpacked(data) }));
}

// The data come as one text: see ``packed`` in program.py.
const read = new WeakMap();

function unpacked(data) {
  if (!read.has(data)) read.set(data, JSON.parse(data[0]));
  return read.get(data);
}

// At the end of the page, since it has the last word over Streamlit's own looks. Should it not come, a
// widget without its looks is better than none.
function styled(address) {
  return new Promise((done) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.onload = link.onerror = () => done();
    link.href = address;
    document.body.append(link);
  });
}
