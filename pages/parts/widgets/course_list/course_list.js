// The course at the side: pages with rings of progress, and the sections of the lesson that is open.

import { element } from "../shared/elements.js";
import { watchSections } from "./in_sight.js";
import { toPage, toSection } from "./travel.js";

export default function ({ data, parentElement }) {
  const nav = parentElement.querySelector(".clearhead-course");
  const written = JSON.stringify(data);
  if (nav.clearheadWritten !== written) {
    const focused = nav.contains(document.activeElement) && document.activeElement.getAttribute("href");
    nav.clearheadWritten = written;
    nav.setAttribute("aria-label", data.label);
    nav.replaceChildren(...parts(data));
    if (focused) [...nav.querySelectorAll("a")].find((one) => one.getAttribute("href") === focused)?.focus();
    nav.clearheadStop?.();
    nav.clearheadStop = watchSections(nav.querySelectorAll("a.section"));
  }
  return () => {
    nav.clearheadStop?.();
    nav.clearheadStop = nav.clearheadWritten = undefined;
  };
}

function parts(data) {
  const found = [element("p", "line", data.line)];
  if (data.onward) found.push(pageLink(data.onward, "onward"));
  found.push(whole(data.progress));
  data.groups.forEach((group, index) => found.push(...grouped(group, index, data)));
  return found;
}

function whole({ share, said }) {
  const line = element("p", "whole");
  const bar = element("span", "bar");
  const filled = element("span");
  filled.style.inlineSize = `${100 * share}%`;
  bar.setAttribute("aria-hidden", "true");
  bar.append(filled);
  line.append(bar, element("span", "", said));
  return line;
}

function grouped({ heading, entries }, index, data) {
  const list = element("ul");
  list.append(...entries.map((entry) => item(entry, data)));
  if (!heading) return [list];
  const title = element("p", "heading", heading);
  title.id = `clearhead-course-${index}`;
  list.setAttribute("aria-labelledby", title.id);
  return [title, list];
}

function item(entry, data) {
  const row = element("li");
  row.append(pageLink(entry, "page"));
  if (entry.current && data.sections.length) {
    const list = element("ol", "sections");
    list.setAttribute("aria-label", data.sectionsLabel);
    list.append(...data.sections.map((section) => sectionItem(section, data.words)));
    row.append(list);
  }
  return row;
}

function pageLink(entry, kind) {
  const link = anchor(entry.address, kind);
  if (entry.current) link.setAttribute("aria-current", "page");
  if (entry.share !== undefined) link.append(ring(entry.share));
  else if (entry.icon) link.append(sign(entry.icon));
  link.append(element("span", "title", entry.title));
  if (entry.said) link.append(element("span", "unseen", `, ${entry.said}`));
  link.onclick = (event) => toPage(event, entry.slug);
  return link;
}

function sectionItem(section, words) {
  const row = element("li");
  const link = anchor(section.address, section.deeper ? "section deeper" : "section");
  link.dataset.name = section.name;
  link.append(sign(section.done ? "✓" : ""), element("span", "title", section.title));
  if (section.done) link.append(element("span", "unseen", `, ${words.done}`));
  if (section.deeper) link.append(element("span", "unseen", `, ${words.deeper}`));
  if (section.minutes) link.append(element("span", "minutes", section.minutes));
  link.onclick = (event) => toSection(event, section.name);
  row.append(link);
  return row;
}

function anchor(address, kind) {
  const link = element("a", kind);
  link.setAttribute("href", address);
  return link;
}

function sign(text) {
  const mark = element("span", "sign", text);
  mark.setAttribute("aria-hidden", "true");
  return mark;
}

// A circle that fills like a clock's face.
function ring(share) {
  const picture = svg("svg", { viewBox: "0 0 16 16", class: "ring", "aria-hidden": "true" });
  const around = 2 * Math.PI * 2.75;
  picture.append(
    svg("circle", { cx: 8, cy: 8, r: 6.25, class: "edge" }),
    svg("circle", { cx: 8, cy: 8, r: 2.75, class: "filled", "stroke-dasharray": `${share * around} ${around}` }),
  );
  return picture;
}

function svg(tag, attributes) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}
