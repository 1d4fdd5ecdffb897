// The item as others see it. Every look came with the item, in a template; one is on the page.

import { say } from "./notice.js";

const item = () => document.getElementById("desk-item");
const switches = () => [...item().querySelectorAll("[data-as]")];

/** Whose eyes look now; "" for the moderator's own. */
export function eyes() {
  return switches().find((each) => each.hasAttribute("aria-current"))?.dataset.as ?? "";
}

/** Look through these eyes; what they see is said too. */
export function lookAs(whose) {
  const chosen = switches().find((each) => each.dataset.as === whose);
  if (!chosen || eyes() === whose) return;
  for (const each of switches()) each.removeAttribute("aria-current");
  chosen.setAttribute("aria-current", "true");
  const own = item().querySelector('[data-look=""]');
  own.hidden = Boolean(whose);
  item().querySelector('[data-look]:not([data-look=""])')?.remove();
  if (whose) own.after(lookOf(whose));
  say(`${chosen.closest("nav").getAttribute("aria-label")}: ${chosen.textContent.trim().replaceAll(/\s+/g, " ")}`);
}

function lookOf(whose) {
  const look = document.createElement("div");
  look.dataset.look = whose;
  look.append(item().querySelector(`[data-look-of="${CSS.escape(whose)}"]`).content.cloneNode(true));
  return look;
}

export function nextEyes() {
  const all = switches().map((each) => each.dataset.as);
  if (all.length) lookAs(all[(all.indexOf(eyes()) + 1) % all.length]);
}

/** Show or cover the photo that is in sight. */
export function turnPhoto() {
  item().querySelector("[data-look]:not([hidden]) [data-photo]")?.click();
}
