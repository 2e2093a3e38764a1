// Numbers as figures ask for them: the few of d3's formats that ours use, and names of ticks.

const FORMAT = /^(,)?(?:\.(\d+))?(~)?([fg%])$/;

export function knowsFormat(format) {
  return !format || FORMAT.test(format);
}

export function formatted(value, format) {
  if (!Number.isFinite(value)) return "–";
  if (!format) return minus(String(Number(value.toPrecision(12))));
  const [, comma, places, trimmed, kind] = FORMAT.exec(format);
  const digits = places === undefined ? 6 : Number(places);
  let text;
  if (kind === "%") text = (100 * value).toFixed(digits);
  else if (kind === "f") text = value.toFixed(digits);
  else text = String(Number(value.toPrecision(Math.max(digits, 1))));
  if (trimmed && text.includes(".")) text = text.replace(/\.?0+$/, "");
  if (comma) text = text.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  return minus(kind === "%" ? `${text}%` : text);
}

// %{hovertext}, %{x}, %{y:.3f}; what stands in <extra> belongs to a second label, which ours leave empty.
export function templated(template, point) {
  return template
    .replace(/<extra><\/extra>/, "")
    .replace(/%\{(\w+)(?::([^}]*))?\}/g, (_, name, format) =>
      name === "hovertext" ? (point.hovertext ?? "") : formatted(point[name], format),
    );
}

export function knowsTemplate(template) {
  const places = [...template.matchAll(/%\{([^}]*)\}/g)].map((match) => match[1]);
  return (
    template.endsWith("<extra></extra>") &&
    places.every((place) => {
      const [name, format] = place.split(/:(.*)/);
      return name === "hovertext" || (["x", "y"].includes(name) && knowsFormat(format));
    })
  );
}

// Where ticks stand on an axis that does not say it, about as many as are asked for.
export function evenly([first, last], count) {
  const [low, high] = first < last ? [first, last] : [last, first];
  if (!(high > low)) return [low];
  const rough = (high - low) / count;
  const base = 10 ** Math.floor(Math.log10(rough));
  const step = base * [2, 5, 10].find((one) => one >= rough / base - 1e-9);
  const found = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i += 1) {
    found.push(Number((i * step).toPrecision(12)));
  }
  return found;
}

// Ticks share a unit: 20000 is 20k where the axis goes far, 5000 stays.
export function tickNames(values, [first, last], format) {
  if (format) return values.map((value) => formatted(value, format));
  const far = Math.max(Math.abs(first), Math.abs(last));
  const power = far > 0 ? Math.floor(Math.log10(far) + 1e-9) : 0;
  const unit = Math.abs(power) > 3 ? 3 * Math.round((power - 1) / 3) : 0;
  const sign = { 9: "B", 6: "M", 3: "k", [-3]: "m", [-6]: "μ", [-9]: "n" }[unit];
  return values.map((value) =>
    sign && value !== 0
      ? formatted(Number((value / 10 ** unit).toPrecision(12))) + sign
      : formatted(value),
  );
}

// Hundredths of a pixel are enough.
export function round(value) {
  return Math.round(100 * value) / 100;
}

// What is rounded to nought has no sign.
function minus(text) {
  return /[1-9]/.test(text) ? text.replace(/^-/, "−") : text.replace(/^-/, "");
}
