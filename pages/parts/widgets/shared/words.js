// Words: put into a sentence, cut to a length.

// ``{row}`` becomes the word named so; braces that name none stay as they are.
export function filled(sentence, words) {
  return sentence.replace(/\{(\w+)\}/g, (all, name) =>
    Object.hasOwn(words, name) ? words[name] : all,
  );
}

export function short(text, most) {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

// Counts as they stand in a sentence: 1,234.
export function counted(numbers) {
  return Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, value.toLocaleString("en")]));
}
