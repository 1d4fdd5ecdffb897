// Choosing in a list by keyboard. Without this script the boxes and buttons do the same.

import { countDown } from "./desk/clock.js";

const FIELDS = "select, textarea, [contenteditable], input:not([type=checkbox])";

const lot = document.getElementById("lot");
const form = document.getElementById("lot-form");
const said = document.getElementById("lot-said");
const boxes = () => [...lot.querySelectorAll(".lot-box")];
const rowOf = (element) => element?.closest(".lot-item");
const photoOf = (row) => row?.querySelector("[data-photo]");
const isUnseen = (row) => "unseen" in row.dataset && !photoOf(row).checked;

/** Go to the next box, or the one before; the eyes and a screen reader go along. */
function move(step) {
  const all = boxes();
  const here = all.indexOf(rowOf(document.activeElement)?.querySelector(".lot-box"));
  const there = all[Math.min(Math.max(here + step, 0), all.length - 1)];
  there?.focus({ preventScroll: true });
  rowOf(there)?.scrollIntoView({ block: "center" });
}

function chooseAll() {
  const free = boxes().filter((box) => !isUnseen(rowOf(box)));
  const on = free.some((box) => !box.checked);
  for (const box of free) box.checked = on;
  count();
}

function count() {
  const chosen = boxes().filter((box) => box.checked).length;
  for (const place of lot.querySelectorAll("[data-chosen]")) place.textContent = chosen;
  return chosen;
}

/** A photo that nobody approved is looked at before it is chosen; covered again it is not chosen. */
function changed(box) {
  const row = rowOf(box);
  const chosen = row.querySelector(".lot-box");
  if (chosen.checked && isUnseen(row)) {
    chosen.checked = false;
    if (box === chosen) photoOf(row).checked = true;
    said.textContent = said.dataset.photoFirst;
  }
  count();
}

function approve() {
  if (!form) return;
  if (count()) form.requestSubmit();
  else said.textContent = said.dataset.first;
}

const deeds = {
  j: () => move(1),
  k: () => move(-1),
  arrowdown: () => move(1),
  arrowup: () => move(-1),
  a: chooseAll,
  x: () => rowOf(document.activeElement)?.querySelector(".lot-box").click(),
  f: () => photoOf(rowOf(document.activeElement))?.click(),
  u: () => lot.querySelector("[data-undo-lot]")?.requestSubmit(),
  enter: approve,
};

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target.closest?.(FIELDS) || document.getElementById("command-results")?.offsetParent) return;
  const key = event.key.toLowerCase();
  const deed = deeds[key];
  if (!deed || (event.repeat && !/^[jk]|^arrow/.test(key))) return;
  if (key === "enter" && event.target.closest?.("a, button, summary")) return;
  event.preventDefault();
  deed();
});

lot.addEventListener("change", (event) => rowOf(event.target) && changed(event.target));
lot.addEventListener("click", (event) => event.target.closest("[data-all]") && chooseAll());
document.addEventListener("submit", (event) => {
  if (event.target.ariaBusy === "true") event.preventDefault(); // it is on its way
  else event.target.ariaBusy = "true";
});
window.addEventListener("pageshow", () => {
  for (const each of document.forms) each.ariaBusy = null;
  count();
});

for (const undo of lot.querySelectorAll("[data-undo-lot]")) {
  countDown(undo.querySelector("[data-left]"), Number(undo.dataset.seconds), { plain: true, onEnd: () => undo.remove() });
}
lot.classList.add("is-live");
