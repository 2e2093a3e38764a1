// Where a picture's numbers come from, for widgets that have no caption: a word or two, and the details
// on hover, on focus and on a tap.

import { element, write } from "./elements.js";

let count = 0;

export function showSource(place, { words, details, label }) {
  const [button, bubble] = place.childElementCount ? place.children : open(place);
  write(button.firstElementChild, words);
  write(bubble, details);
  button.setAttribute("aria-label", `${label}: ${words}`);
}

function open(place) {
  const button = element("button");
  const tag = element("span");
  const bubble = element("span");
  button.type = "button";
  bubble.id = `clearhead-source-${(count += 1)}`;
  bubble.hidden = true;
  bubble.setAttribute("role", "tooltip");
  button.setAttribute("aria-describedby", bubble.id);
  Object.assign(place.style, { position: "relative", margin: "4px 0 0", lineHeight: "1.5" });
  Object.assign(button.style, BARE);
  Object.assign(tag.style, LIKE_A_TAG);
  button.append(tag);
  Object.assign(bubble.style, LIKE_A_TOOLTIP);
  if (matchMedia("(pointer: coarse)").matches) button.style.minHeight = "44px";
  place.replaceChildren(button, bubble);
  const show = (shown) => () => (bubble.hidden = !shown);
  place.onpointerenter = show(true);
  place.onpointerleave = show(false);
  button.onfocus = show(true);
  button.onblur = show(false);
  // A tap on a device without a pointer: not every browser gives a tapped button the focus.
  button.onclick = show(true);
  button.onkeydown = (event) => {
    if (event.key !== "Escape" || bubble.hidden) return;
    bubble.hidden = true;
    event.stopPropagation();
  };
  return [button, bubble];
}

const BARE = {
  font: "inherit",
  fontSize: "13px",
  color: "var(--muted, inherit)",
  background: "none",
  border: "0",
  padding: "0",
  margin: "0",
  cursor: "help",
};

const LIKE_A_TAG = {
  border: "1px solid var(--st-border-color)",
  borderRadius: "6px",
  padding: "1px 6px",
};

const LIKE_A_TOOLTIP = {
  position: "absolute",
  zIndex: "5",
  left: "0",
  bottom: "calc(100% + 4px)",
  width: "max-content",
  maxWidth: "min(100%, 44ch)",
  padding: "4px 12px",
  fontSize: "14px",
  whiteSpace: "pre-line",
  color: "var(--st-text-color)",
  background: "var(--st-secondary-background-color)",
  border: "1px solid var(--st-border-color)",
  borderRadius: "var(--st-base-radius)",
};
