// What a cell says, worded when it is pointed at; arrays that came as bytes.

// Arrays as plotly.js sends and reads them: {dtype, bdata, shape}. Rows are views, not copies.
function decoded(value) {
  if (Array.isArray(value) || value === null || typeof value !== "object") return value;
  if (!value.bdata) {
    for (const name of Object.keys(value)) value[name] = decoded(value[name]);
    return value;
  }
  const letters = atob(value.bdata);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i += 1) bytes[i] = letters.charCodeAt(i);
  const kinds = {
    f8: Float64Array,
    f4: Float32Array,
    i4: Int32Array,
    i2: Int16Array,
    i1: Int8Array,
    u1: Uint8Array,
  };
  const flat = new kinds[value.dtype](bytes.buffer);
  if (!value.shape) return flat;
  const [rows, columns] = value.shape.split(",").map(Number);
  return Array.from({ length: rows }, (_, row) =>
    flat.subarray(row * columns, (row + 1) * columns),
  );
}

// Plotly asks for the hover text of one cell at a time: it is made then, not 65,536 times before.
function hovertexts(rows, columns, words) {
  return Array.from(
    { length: rows },
    (_, row) =>
      new Proxy(new Array(columns), {
        get: (line, name) =>
          typeof name === "string" && /^\d+$/.test(name) ? words(row, Number(name)) : line[name],
      }),
  );
}

function cellWords(figure, row, column) {
  const { said, traces } = figure.layout.meta.cells;
  const names = { row: said.rows[row], column: said.columns[column] };
  const cell = said.pattern.replace(/\{(row|column)\}/g, (_, name) => names[name]);
  const hidden = said.runs.some(
    ([at, start, stop]) => at === row && start <= column && column < stop,
  );
  if (hidden) return `${cell}<br>${said.hidden}`;
  const other = said.other.find(([r, c]) => r === row && c === column);
  const values = traces.map((trace) => figure.data[trace].z[row][column]);
  const value = values.find((one) => Number.isFinite(one));
  if (!other && value === undefined) return `${cell}<br>${said.missing}`;
  const digits = other ? other[2] : said.whole ? whole(value) : precise(value);
  return `${cell}<br>${said.value} <b>${digits}</b>`;
}

// Counts are drawn as log(1 + count).
function whole(shade) {
  return Math.round(Math.expm1(shade)).toLocaleString("en-US");
}

// Two decimals, and two significant digits below that: 0.00 is never the whole truth.
function precise(value) {
  const size = Math.abs(value);
  const digits =
    size === 0 || size >= 0.01
      ? twoDecimals(size)
      : String(Number(size.toPrecision(2))).replace("-", "−");
  return (value < 0 && Number(digits) !== 0 ? "−" : "") + digits;
}

// As in the cells: a tie goes to the even digit, as Python rounds it.
function twoDecimals(size) {
  if (size >= 1000) return size.toFixed(0);
  const tie = (size * 8) % 1 === 0 && (size * 4) % 1 !== 0;
  if (!tie) return size.toFixed(2);
  const below = Math.floor(size * 100);
  return ((below % 2 === 0 ? below : below + 1) / 100).toFixed(2);
}

function spoken(hovertext) {
  const signs = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };
  return hovertext
    .replace(/<br>/g, ", ")
    .replace(/<[^>]*>/g, "")
    .replace(/&(lt|gt|amp);/g, (sign) => signs[sign]);
}
