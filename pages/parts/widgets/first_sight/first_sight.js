// Lays the top of the page, as the first response says it, over the place where the page will stand, until it
// does. Whatever may look otherwise for this visitor, the page shows by itself.

import { lightly } from "../plot/light/light.js";
import { decoded } from "../shared/arrays.js";

const STANDS = '[data-testid="stMain"] .clearhead-plot-drawing';
const OTHER = '[data-testid="stAlert"], [data-testid="stException"], [role="dialog"]';
const TOUCHED = ["pointerdown", "keydown", "wheel", "touchmove", "popstate"];
const LONGEST = 8000;

export function show(template) {
  if (looksSo(template.dataset.language)) lay(template.content);
}

function looksSo(language) {
  if (document.querySelector(STANDS)) return false;
  if (language && language !== (/^zh/i.test(navigator.language) ? "zh" : "en")) return false;
  // A side bar that was dragged or closed leaves another place.
  const moved = (name) => name === "sidebarWidth" || name.startsWith("stSidebarCollapsed");
  return !Object.keys(localStorage).some(moved);
}

function lay({ firstElementChild: style, children }) {
  const [, sight, said] = children;
  sight.dataset.theme = theme();
  document.documentElement.append(style, sight);
  const figures = JSON.parse(said.textContent)[sight.dataset.theme];
  const pictures = [...sight.querySelectorAll(".picture")];
  pictures.forEach((picture, i) => draw(picture, JSON.parse(figures[i])));
  const inSight = pictures.filter((picture) => picture.getBoundingClientRect().top < innerHeight);
  until(Math.max(1, inSight.length), () => {
    sight.remove();
    style.remove();
  });
}

// The one that was chosen in Streamlit's menu, else the machine's.
function theme() {
  const chosen = localStorage.getItem(`stActiveTheme-${location.pathname}-v2`) ?? "";
  if (/Dark/.test(chosen)) return "dark";
  if (/Light/.test(chosen)) return "light";
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

function draw(picture, figure) {
  figure.data = figure.data.map(decoded);
  const size = { width: picture.clientWidth, height: picture.clientHeight };
  lightly(picture, picture, () => {}).draw(figure, size);
}

// Until so many pictures stand in the page, or something else does, or the reader begins.
function until(pictures, then) {
  const over = new AbortController();
  const { signal } = over;
  const at = location.pathname;
  const leave = () => {
    if (signal.aborted) return;
    over.abort();
    then();
  };
  const look = () => {
    if (signal.aborted) return;
    const stands = document.querySelectorAll(STANDS).length >= pictures;
    if (stands || document.querySelector(OTHER) || location.pathname !== at) leave();
    else requestAnimationFrame(look);
  };
  for (const kind of TOUCHED) {
    addEventListener(kind, leave, { signal, capture: true, passive: true });
  }
  setTimeout(leave, LONGEST);
  look();
}
