// The list of all terms: drawn once, filtered while somebody types.

import { element, write } from "../shared/elements.js";
import { keeping } from "../shared/loading/keeping.js";
import { filled, short } from "../shared/words.js";
import { fitting } from "./search.js";

const PAUSE = 600;
const viewOf = keeping(open);

export default function ({ data, parentElement, setTriggerValue }) {
  const view = viewOf(parentElement);
  const before = view.data;
  view.data = data;
  view.send = setTriggerValue;
  const asked = JSON.stringify([data.groups, data.words]);
  if (view.drawn !== asked) {
    view.drawn = asked;
    draw(view);
  }
  if (data.search !== before?.search && !isEcho(view, data.search)) {
    view.input.value = data.search;
    filter(view);
  }
  if (data.term && data.term !== before?.term) arriveAt(view, data.term);
  return () => clearTimeout(view.timer);
}

function open(parent) {
  const root = parent.querySelector(".clearhead-words");
  const part = (name) => root.querySelector(name);
  const view = {
    root,
    label: part(".asked span"),
    input: part("input"),
    count: part(".count"),
    nothing: part(".nothing"),
    list: part(".list"),
    rows: new Map(),
    drawn: "",
    told: [],
    timer: 0,
  };
  view.input.oninput = () => {
    filter(view);
    clearTimeout(view.timer);
    view.timer = setTimeout(() => tell(view), PAUSE);
  };
  view.nothing.querySelector("button").onclick = () => clear(view);
  view.list.onclick = (event) => clicked(view, event);
  return view;
}

function tell(view) {
  const typed = kept(view.input.value);
  if (typed === view.data.search && !view.told.length) return;
  view.told.push(typed);
  view.send("search", typed);
}

// What comes back of one's own typing is known already, however much was typed since.
function isEcho(view, search) {
  const place = view.told.indexOf(search);
  if (place < 0) return false;
  view.told.splice(0, place + 1);
  return true;
}

// What the address can carry: a text of ten thousand letters is looked for, but not kept.
function kept(typed) {
  return typed.length > 100 ? "" : typed;
}

function clear(view) {
  view.input.value = "";
  filter(view);
  tell(view);
  view.input.focus();
}

function draw(view) {
  const { groups, words } = view.data;
  write(view.label, words.search);
  write(view.nothing.querySelector("button"), words.clear);
  view.rows = new Map(groups.flatMap((group) => group.entries.map((one) => [one.id, row(view, one)])));
  filter(view);
}

// While nothing is searched the groups have their headings; what is found stands best first.
function filter(view) {
  const { groups, words } = view.data;
  const entries = groups.flatMap((group) => group.entries);
  const typed = view.input.value;
  const found = fitting(entries, typed);
  const all = found.length === entries.length;
  const counts = { found: String(found.length), count: String(entries.length) };
  write(view.count, filled(all ? words.all : words.some, counts));
  write(view.nothing.querySelector("p"), filled(words.nothing, { search: short(typed.trim(), 60) }));
  view.nothing.hidden = found.length > 0;
  const rows = (some) => some.map((one) => view.rows.get(one.id));
  const parts = all
    ? groups.flatMap((group) => [element("h3", "", group.title), listed(rows(group.entries))])
    : [listed(rows(found))];
  view.list.replaceChildren(...parts);
}

function listed(rows) {
  const list = element("dl");
  list.append(...rows);
  return list;
}

function row(view, entry) {
  const whole = element("div", "entry");
  const name = element("dt");
  name.tabIndex = -1;
  name.append(element("strong", "", entry.name));
  if (entry.other !== entry.name) {
    const other = element("span", "other", entry.other);
    other.lang = view.data.language;
    name.append(" ", other);
  }
  for (const symbol of entry.symbols) {
    const written = element("code", "", symbol);
    written.translate = false;
    name.append(" ", written);
  }
  const said = element("dd");
  said.append(element("p", "", entry.meaning));
  const ways = element("p", "ways");
  if (entry.taught) ways.append(way(entry.taught.href, entry.taught.title));
  if (entry.see.length) {
    const see = element("span", "see", view.data.words.see);
    for (const other of entry.see) {
      const link = way(other.href, other.name);
      link.dataset.term = other.id;
      see.append(" ", link);
    }
    ways.append(see);
  }
  said.append(ways);
  whole.append(name, said);
  return whole;
}

function way(href, text) {
  const link = element("a", "", text);
  link.href = href;
  return link;
}

function clicked(view, event) {
  const link = event.target.closest("a");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  if (link.dataset.term) arriveAt(view, link.dataset.term);
  view.send("follow", link.getAttribute("href"));
}

// The term is shown whatever was searched before, and whoever listens hears it.
function arriveAt(view, term) {
  const found = view.rows.get(term);
  if (!found) return;
  if (!found.isConnected) {
    view.input.value = "";
    filter(view);
  }
  for (const other of view.rows.values()) other.classList.toggle("lit", other === found);
  const name = found.querySelector("dt");
  name.focus({ preventScroll: true });
  found.scrollIntoView({ block: "center" });
}
