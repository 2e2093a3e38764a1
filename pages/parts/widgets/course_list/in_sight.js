// Which section is being read: the last one that begins above a line in the upper part of the screen.

const LINE = 0.35;
const SECTIONS = "clearhead-section";

// Marks the link of the section in sight, until the function that it returns is called.
export function watchSections(links) {
  if (!links.length) return () => {};
  const sections = document.getElementsByClassName(SECTIONS);
  const mark = () => {
    const shown = [...sections].filter((one) => one.dataset.name);
    const tops = shown.map((one) => one.getBoundingClientRect().top);
    const chosen = shown.indexOf(document.activeElement);
    const name = shown[inSight(tops, LINE * innerHeight, chosen)]?.dataset.name;
    for (const link of links) {
      if (link.dataset.name === name) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    }
  };
  const crossing = new IntersectionObserver(mark, { rootMargin: `0px 0px ${-100 * (1 - LINE)}% 0px` });
  let known = [];
  const find = () => {
    const found = [...sections];
    if (found.length === known.length && found.every((one, index) => one === known[index])) return;
    known = found;
    crossing.disconnect();
    for (const one of found) crossing.observe(one);
  };
  // A page draws its sections one by one, and anew in another language.
  const drawing = new MutationObserver(find);
  drawing.observe(document.querySelector('[data-testid="stMain"]') ?? document.body, {
    childList: true,
    subtree: true,
  });
  find();
  return () => {
    drawing.disconnect();
    crossing.disconnect();
  };
}

// The index of the last of these tops that is not below the line, the first if all are; -1 if there are none.
// The section that a link led to is the one even if the next begins right under it: it may be folded.
export function inSight(tops, line, chosen = -1) {
  if (tops[chosen] >= 0 && tops[chosen] <= line) return chosen;
  const above = tops.findLastIndex((top) => top <= line);
  return above < 0 && tops.length ? 0 : above;
}
