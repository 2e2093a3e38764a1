// The few signs that texts of figures carry: <b>, <br> and three entities. All else is literal.

const SIGNS = { "&lt;": "<", "&gt;": ">", "&amp;": "&", "&#37;": "%" };
const LINE = 1.3;

// Lines of pieces {text, bold}, as they are to be written.
export function lines(text) {
  let bold = false;
  return String(text)
    .split(/<br ?\/?>/)
    .map((line) => {
      const pieces = [];
      for (const part of line.split(/(<\/?b>)/)) {
        if (part === "<b>" || part === "</b>") bold = part === "<b>";
        else if (part) pieces.push({ text: unescaped(part), bold });
      }
      return pieces;
    });
}

export function unescaped(text) {
  return text.replace(/&(lt|gt|amp|#37);/g, (sign) => SIGNS[sign]);
}

export function plainWords(text) {
  return lines(text)
    .map((line) => line.map((piece) => piece.text).join(""))
    .join(" ");
}

export function lineHeight(size) {
  return LINE * size;
}

// Widths of texts in pixels, each asked for once.
export function measuring(family) {
  const pen = document.createElement("canvas").getContext("2d");
  const known = new Map();
  return (text, size) => {
    const name = `${size} ${text}`;
    if (!known.has(name)) {
      pen.font = `${size}px ${family}`;
      known.set(name, pen.measureText(plainWords(text)).width);
    }
    return known.get(name);
  };
}
