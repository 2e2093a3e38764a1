// Each stage's formula, which Python writes as MathML, the browser's own mathematics: no fonts, no scripts.

// The two words of the mask's formula are the page's, and are put in as text.
export function formula(markup, words) {
  const holder = document.createElement("template");
  holder.innerHTML = `<math display="block">${markup}</math>`;
  for (const when of ["visible", "hidden"]) {
    const place = holder.content.querySelector(`mtext.${when}`);
    if (place) place.textContent = ` ${words[when]}`;
  }
  return holder.content.firstChild;
}
