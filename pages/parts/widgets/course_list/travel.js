// What a click on a link of the list does. Whatever else than a plain click is the browser's own.

const NARROW = 768; // at most as wide, Streamlit's side bar lies over the page
const OPEN = '[data-testid="stSidebar"][data-collapsed="false"]';

export function toPage(event, slug) {
  if (!isPlain(event)) return;
  const links = [...document.querySelectorAll('[data-testid="stSidebarNavLink"]')];
  const own = links.find((link) => slugOf(link.href) === slug);
  if (!own) return;
  event.preventDefault();
  own.click();
  closeOnTelephone();
}

export function toSection(event, name) {
  const place = document.getElementById(`section-${name}`);
  if (!isPlain(event) || !place) return;
  event.preventDefault();
  closeOnTelephone();
  place.scrollIntoView({ block: "start" });
  if (!place.hasAttribute("tabindex")) place.tabIndex = -1;
  place.focus({ preventScroll: true });
  history.replaceState(history.state, "", at(location.href, name));
}

export function isPlain(event) {
  const other = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  return !event.defaultPrevented && !event.button && !other;
}

// The last part of an address's path; "" for home.
export function slugOf(address) {
  return new URL(address).pathname.split("/").pop();
}

// An address that says the section, and all else that it said.
export function at(address, name) {
  const found = new URL(address);
  found.searchParams.set("at", name);
  return found.href;
}

// Streamlit's own link has closed it by then where it knows a telephone by its name.
function closeOnTelephone() {
  if (innerWidth > NARROW) return;
  setTimeout(() => document.querySelector(`${OPEN} [data-testid="stSidebarCollapseButton"] button`)?.click());
}
