// A page that is to be printed is drawn whole first.

const missing = new Map();
let turn = 0;
let wanted = false;

// Says that a section lacks something, and how to have all of the page drawn; returns how to take it back.
export function print(lacks, drawWhole) {
  if (!window.clearheadPrints) {
    window.clearheadPrints = true;
    addEventListener("keydown", pressed, { capture: true });
  }
  const mine = (turn += 1);
  if (lacks) missing.set(mine, drawWhole);
  else if (wanted && !missing.size) soon();
  return () => missing.delete(mine);
}

function pressed(event) {
  const prints = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "p";
  if (!prints || !missing.size) return;
  event.preventDefault();
  event.stopPropagation();
  wanted = true;
  const [drawWhole] = missing.values();
  drawWhole();
}

function soon() {
  wanted = false;
  const app = document.querySelector('[data-testid="stApp"]');
  const drawn = () => app?.dataset.testScriptState !== "running" && !document.querySelector("[data-room]");
  const began = performance.now();
  const look = () => {
    if (drawn() || performance.now() - began > 8000) setTimeout(() => window.print(), 1500);
    else setTimeout(look, 200);
  };
  look();
}
