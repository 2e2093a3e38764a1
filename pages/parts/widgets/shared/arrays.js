// Arrays that came as bytes, written in base64.

const KINDS = {
  f8: Float64Array,
  f4: Float32Array,
  i4: Int32Array,
  i2: Int16Array,
  i1: Int8Array,
  u1: Uint8Array,
};

export function bytesOf(text) {
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i += 1) bytes[i] = letters.charCodeAt(i);
  return bytes;
}

// Arrays as plotly.js sends and reads them: {dtype, bdata, shape}. Rows are views, not copies.
export function decoded(value) {
  if (Array.isArray(value) || value === null || typeof value !== "object") return value;
  if (!value.bdata) {
    for (const name of Object.keys(value)) value[name] = decoded(value[name]);
    return value;
  }
  const flat = new KINDS[value.dtype](bytesOf(value.bdata).buffer);
  if (!value.shape) return flat;
  const [rows, columns] = value.shape.split(",").map(Number);
  return Array.from({ length: rows }, (_, row) =>
    flat.subarray(row * columns, (row + 1) * columns),
  );
}
