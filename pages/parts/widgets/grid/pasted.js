// What was pasted, as a block of texts.

// From a spreadsheet, with tabs, or from NumPy or a program, with brackets and commas: [row][column].
export function blockOf(text) {
  const lines = text.replace(/[[\]]/g, " ").split(/[\r\n;]+/).filter((line) => line.trim());
  return lines.map((line) => {
    const parts = line.includes("\t") ? line.split("\t") : line.trim().split(/\s+/);
    return parts.map((part) => part.trim().replace(/,$/, "")).filter((part) => part && part !== ",");
  });
}
