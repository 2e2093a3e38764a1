// A place where the page opens.

import { land } from "../shared/landing.js";

export default function ({ parentElement }) {
  const mark = parentElement.querySelector(".clearhead-landing");
  if (mark.dataset.landed) return;
  mark.dataset.landed = true;
  land(mark);
}
