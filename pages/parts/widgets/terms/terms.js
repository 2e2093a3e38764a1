// The card with what a term means, beside the word that is pointed at, focused or tapped. It listens to the whole
// page: the words are links in texts that Streamlit draws, and draws again whenever it likes.

import { element, write } from "../shared/elements.js";
import { keeping } from "../shared/loading/keeping.js";
import { placed } from "./placing.js";

const LINK = 'a[href*="glossary?"]';
const SHOW_AFTER = 250;
const HIDE_AFTER = 250;
const viewOf = keeping(open);

export default function ({ data, parentElement, setTriggerValue }) {
  const view = viewOf(parentElement);
  view.data = data;
  view.follow = (href) => {
    hide(view);
    setTriggerValue("follow", href);
  };
  if (view.link && !data.terms[termOf(view.link)]) hide(view);
  listen(view);
  return () => {
    hide(view);
    view.listening?.abort();
    view.listening = null;
  };
}

function open(parent) {
  const card = parent.querySelector(".clearhead-terms .card");
  const part = (name) => card.querySelector(name);
  return {
    card,
    said: part(".said"),
    name: part(".name strong"),
    other: part(".name span"),
    meaning: part(".meaning"),
    ways: part(".ways"),
    link: null,
    timer: 0,
    wasOpen: true,
    listening: null,
  };
}

function listen(view) {
  if (view.listening) return;
  view.listening = new AbortController();
  const on = (name, act) =>
    document.addEventListener(name, (event) => act(view, event), {
      capture: true,
      passive: name !== "click",
      signal: view.listening.signal,
    });
  on("pointerover", pointed);
  on("pointerdown", pressed);
  on("click", clicked);
  on("focusin", focused);
  on("focusout", left);
  on("keydown", (_, event) => event.key === "Escape" && hide(view));
  on("scroll", moved);
  addEventListener("resize", () => moved(view), { signal: view.listening.signal });
  view.card.dataset.ready = "";
}

function linkAt(view, event) {
  const link = event.target.closest?.(LINK);
  return link && !view.card.contains(link) ? link : null;
}

function termOf(link) {
  return new URLSearchParams(link.getAttribute("href").split("?")[1]).get("term");
}

// A finger points at nothing before it taps.
function pointed(view, event) {
  if (event.pointerType !== "mouse") return;
  const link = linkAt(view, event);
  if (link && link === view.link) return wait(view);
  if (link) return wait(view, SHOW_AFTER, () => show(view, link, event.clientY));
  if (view.card.contains(event.target)) return wait(view);
  const isFocused = view.link && view.link === document.activeElement;
  wait(view, HIDE_AFTER, () => isFocused || hide(view));
}

function wait(view, time = 0, act = null) {
  clearTimeout(view.timer);
  if (act) view.timer = setTimeout(act, time);
}

function pressed(view, event) {
  const link = linkAt(view, event);
  view.wasOpen = Boolean(link) && link === view.link;
  if (!link && !view.card.contains(event.target)) hide(view);
}

// The first tap shows the card, the next one follows the link, as Enter does. What opens another tab is left alone.
function clicked(view, event) {
  const link = event.target.closest?.(LINK) ?? ownLink(view, event);
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const byPointer = event.detail > 0;
  const explains = !view.card.contains(link) && view.data.terms[termOf(link)];
  if (explains && byPointer && !view.wasOpen) show(view, link, event.clientY);
  else view.follow(addressOf(link));
}

function ownLink(view, event) {
  return view.card.contains(event.target) ? event.target.closest("a") : null;
}

// Seen from the page, as the server knows it: without what stands before it behind a proxy.
function addressOf(link) {
  const [path, query = ""] = link.getAttribute("href").split("?");
  return `${path.split("/").pop()}?${query}`;
}

function focused(view, event) {
  const link = linkAt(view, event);
  if (link?.matches(":focus-visible")) show(view, link);
}

function left(view, event) {
  if (event.target === view.link && !view.card.contains(event.relatedTarget)) hide(view);
}

function moved(view, event) {
  if (!view.link || view.card.contains(event?.target)) return;
  if (!view.link.isConnected) return hide(view);
  const { top, bottom } = view.link.getBoundingClientRect();
  if (bottom < 0 || top > innerHeight) hide(view);
  else place(view);
}

function show(view, link, height) {
  const term = view.data.terms[termOf(link)];
  wait(view);
  if (!term || !link.isConnected) return;
  if (view.link !== link) hide(view);
  view.link = link;
  view.height = height;
  write(view.name, term.name);
  write(view.other, term.other === term.name ? "" : term.other);
  view.other.lang = view.data.language;
  write(view.meaning, term.meaning);
  const ways = [way(term.href, view.data.glossary)];
  if (term.taught) ways.push(way(term.taught.href, term.taught.title));
  view.ways.replaceChildren(...ways);
  link.setAttribute("aria-describedby", view.said.id);
  view.card.hidden = false;
  if (!isAbove(view)) view.card.showPopover?.();
  place(view);
}

// Whoever comes by keyboard follows the word itself, which leads to the same places.
function way(href, text) {
  const link = element("a", "", text);
  link.href = href;
  link.tabIndex = -1;
  return link;
}

function place(view) {
  const lines = [...view.link.getClientRects()];
  const line = lines.find((one) => view.height <= one.bottom) ?? lines[0];
  if (!line) return hide(view);
  const size = { width: view.card.offsetWidth, height: view.card.offsetHeight };
  const room = { width: document.documentElement.clientWidth, height: innerHeight };
  const { left, top } = placed(line, size, room);
  view.card.style.left = `${left}px`;
  view.card.style.top = `${top}px`;
}

function hide(view) {
  wait(view);
  if (!view.link) return;
  view.link.removeAttribute("aria-describedby");
  view.link = null;
  if (isAbove(view)) view.card.hidePopover();
  view.card.hidden = true;
}

// Whether it stands above everything on the page; an older browser has no such layer.
function isAbove(view) {
  return Boolean(view.card.showPopover) && view.card.matches(":popover-open");
}
