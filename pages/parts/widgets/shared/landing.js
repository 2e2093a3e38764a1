// The page opens at a place that is not its top, and stays there while what stands above is drawn.

const MOVES = ["wheel", "touchstart", "pointerdown", "keydown"];
const LONGEST = 5000;

export function land(mark) {
  const here = () => mark.scrollIntoView({ block: "start" });
  here();
  // Whoever moves by themselves is left alone.
  const growing = new ResizeObserver(here);
  const page = document.querySelector('[data-testid="stMainBlockContainer"]');
  if (page) growing.observe(page);
  const stop = () => {
    growing.disconnect();
    for (const move of MOVES) removeEventListener(move, stop);
  };
  for (const move of MOVES) addEventListener(move, stop);
  setTimeout(stop, LONGEST);
}
