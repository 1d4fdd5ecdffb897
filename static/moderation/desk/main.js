// The desk without page loads: the next item replaces the last and is fetched while this one is read.
// Everything works without this script too; the server decides, whatever stands on the page.

import { countDown } from "./clock.js";
import { listen } from "./keys.js";
import { get, post } from "./net.js";
import { clearNotice, notice, say, word } from "./notice.js";
import * as panels from "./panels.js";

const LOOK_EVERY = 15_000; // ms between two looks at whether the item is still as it was
const SAVE_AFTER = 800; // ms of silence after which a draft is kept
const SKELETON_AFTER = 150; // ms
const NARROW = "(max-width: 60rem)";

const desk = document.getElementById("desk");
const place = document.getElementById("desk-place");
const titleEnd = document.title.slice(document.title.lastIndexOf(" | "));
const item = () => document.getElementById("desk-item");

let ahead = null; // the item that is in hand already, to be shown next
let busy = false;
let alive = false; // whether there was a sign of life since the last look
let saving = 0;

// Showing ---------------------------------------------------------------------------------------

function show(answer, { push = true, keep = null } = {}) {
  place.innerHTML = answer.html;
  document.title = answer.title + titleEnd;
  if (push && location.pathname !== answer.url) history.pushState(null, "", answer.url);
  arrive({ keep });
  item().querySelector(".desk-text")?.focus({ preventScroll: true });
  window.scrollTo({ top: 0 });
}

/** Bring what was just put on the page to life. */
function arrive({ keep = null } = {}) {
  clearNotice();
  for (const fold of item().querySelectorAll(".desk-fold")) fold.open = !matchMedia(NARROW).matches;
  const data = item().dataset;
  if ("mine" in data) {
    startClock(Number(data.seconds));
    const draft = document.getElementById("desk-draft");
    if (keep) panels.putBack(keep);
    else if (draft && panels.putBack(JSON.parse(draft.textContent))) notice("draft", word("draft"));
    fetchAhead();
  }
}

function startClock(seconds) {
  const clock = item().querySelector("[data-clock]");
  item().classList.remove("is-expired");
  countDown(clock, seconds, {
    onTick: (left) => {
      clock.closest(".desk-clock").classList.toggle("is-short", left < 60);
      if (left < 60 && left > 0) notice("nearly", word("nearly"));
      else clearNotice("nearly");
    },
    onEnd: expired,
  });
}

function expired() {
  item().classList.add("is-expired");
  notice("expired", word("expired"), [[word("take"), take]]);
}

function showAround(answer) {
  if (answer.top) document.getElementById("desk-top").innerHTML = answer.top;
  if (answer.done !== undefined) {
    document.getElementById("desk-done").innerHTML = answer.done;
    startUndoClocks();
  }
}

function startUndoClocks() {
  for (const form of desk.querySelectorAll("[data-undo]")) {
    countDown(form.querySelector("[data-left]"), Number(form.dataset.seconds), {
      plain: true,
      onEnd: () => (form.closest("li") ?? form).remove(),
    });
  }
}

// Fetching --------------------------------------------------------------------------------------

async function fetchAhead() {
  const current = item().dataset.id;
  if (ahead && ahead.id !== current) return;
  ahead = null;
  const answer = await post(desk.dataset.aheadUrl, { ahead: current });
  if (answer.ok && answer.item && item().dataset.id === current) ahead = answer.item;
}

function aheadFields(data) {
  if (!ahead || ahead.id === item().dataset.id) return;
  const [, epoch] = /data-epoch="(\d+)"/.exec(ahead.html) ?? [];
  const [, version] = /data-version="(\d+)"/.exec(ahead.html) ?? [];
  data.set("ahead", ahead.id);
  data.set("ahead_epoch", epoch ?? "");
  data.set("ahead_version", version ?? "");
}

async function send(form, button) {
  if (busy) return;
  busy = true;
  window.clearTimeout(saving);
  const skeleton = window.setTimeout(() => place.classList.add("is-waiting"), SKELETON_AFTER);
  const data = new FormData(form, button);
  const goesOn = !("keeps" in form.dataset || "release" in form.dataset || "undo" in form.dataset);
  if (goesOn) aheadFields(data);
  const answer = await post(form.action, data);
  window.clearTimeout(skeleton);
  place.classList.remove("is-waiting");
  busy = false;
  if (!answer.ok) return refused(form, answer);
  if (answer.url && !answer.item) return location.assign(answer.url);
  showAround(answer);
  const keep = "keeps" in form.dataset && !form.closest("[data-panel=note]") ? panels.written() : null;
  if (answer.item) show(answer.item, { keep });
  else if (ahead) showAhead(answer.seconds);
  if (answer.said) say(answer.said);
}

function showAhead(seconds) {
  const next = ahead;
  ahead = null;
  show(next);
  startClock(seconds);
}

function refused(form, answer) {
  if (answer.status === 0) return notice("offline", word("offline"));
  if (answer.status === 401) return notice("signed-out", word("signedOut"));
  if (answer.item) {
    show(answer.item, { push: false, keep: panels.written() });
    return notice("moved", answer.message);
  }
  if (answer.code === "lease_lost") return notice("expired", answer.message, [[word("take"), take]]);
  if (answer.status === 409) return notice("closed", answer.message, [[word("next"), next]]);
  if (answer.status === 422 && panels.showError(form, answer.message, answer.field)) return undefined;
  return notice("failed", answer.message ?? word("failed"));
}

async function take() {
  const keep = panels.written();
  const answer = await post(item().dataset.takeUrl, {});
  if (answer.ok) show(answer.item, { push: false, keep });
  else refused(item(), answer);
}

async function next() {
  const data = new FormData();
  aheadFields(data);
  const answer = await post(desk.dataset.nextUrl, data);
  if (!answer.ok) return refused(item(), answer);
  showAround(answer);
  if (answer.item) show(answer.item);
  else if (ahead) showAhead(answer.seconds);
  return undefined;
}

// Staying in touch ------------------------------------------------------------------------------

async function keepDraft() {
  const data = item().dataset;
  if (!("mine" in data) || busy) return;
  const id = data.id;
  const answer = await post(data.renewUrl, { epoch: data.epoch, ...(panels.written() ?? {}) });
  if (item().dataset.id !== id || busy) return;
  if (answer.ok) renewed(answer);
  else if (answer.status === 0) notice("offline", word("offline"));
  else if (answer.status === 401) notice("signed-out", word("signedOut"));
  else look();
}

function renewed(answer) {
  clearNotice("offline", "expired", "signed-out");
  startClock(answer.seconds);
  if (answer.version !== Number(item().dataset.version)) moved();
}

function moved() {
  notice("moved", word("moved"), [[word("look"), reload]]);
}

async function reload() {
  const keep = panels.written();
  const answer = await get(item().dataset.url);
  if (answer.ok) show(answer.item, { push: false, keep });
}

async function look() {
  const data = item().dataset;
  if (!data.stateUrl || data.state !== "pending" || document.hidden || busy) return;
  const answer = await get(data.stateUrl);
  if (item().dataset !== data || busy) return;
  if (answer.status === 404) return notice("closed", word("gone"), [[word("next"), next]]);
  if (!answer.ok) return undefined;
  if (answer.state !== "pending") return notice("closed", word("closed"), [[word("next"), next]]);
  if (answer.version !== Number(data.version)) return moved();
  if ("mine" in data && answer.holder && !answer.mine) {
    return notice("closed", `${word("other")} ${answer.holder}`, [[word("next"), next]]);
  }
  return undefined;
}

window.setInterval(() => {
  if (alive && "mine" in item().dataset && !item().classList.contains("is-expired")) keepDraft();
  else look();
  alive = false;
}, LOOK_EVERY);

for (const sign of ["keydown", "pointerdown", "pointermove", "scroll"]) {
  window.addEventListener(sign, () => (alive = true), { passive: true });
}

// What people do --------------------------------------------------------------------------------

desk.addEventListener("submit", (event) => {
  if (event.target.method === "dialog") return;
  event.preventDefault();
  send(event.target, event.submitter);
});

desk.addEventListener("change", (event) => {
  if (event.target.matches("[name=policies]")) panels.choseRule(event.target.closest("details"), event.target);
});

desk.addEventListener("input", (event) => {
  if (event.target.matches("[data-rule-search]")) return panels.searchRules(event.target.closest("details"), event.target.value);
  event.target.removeAttribute("aria-invalid");
  if (!panels.openPanel()) return;
  window.clearTimeout(saving);
  saving = window.setTimeout(keepDraft, SAVE_AFTER);
  return undefined;
});

desk.addEventListener("click", (event) => {
  const refusedButton = event.target.closest("[data-refused]");
  if (refusedButton) notice("refused", refusedButton.dataset.refused);
  if (event.target.closest("[data-close]")) panels.closePanel();
  if (event.target.closest("[data-help]")) help();
  const text = event.target.closest("[data-text]");
  if (text) panels.putText(text.closest("details"), text);
  const mark = event.target.closest("mark");
  if (mark) pick(mark.dataset.signals.trim().split(" ")[0]);
});

desk.addEventListener("toggle", (event) => event.target.open && event.target.matches(".desk-verb") && panels.openedPanel(event.target), true);

window.addEventListener("popstate", async () => {
  const answer = await get(location.pathname);
  if (answer.ok && answer.item) show(answer.item, { push: false });
  else location.reload();
});

window.addEventListener("online", () => keepDraft());
window.addEventListener("offline", () => notice("offline", word("offline")));

function help() {
  document.getElementById("desk-help").showModal();
}

// Signals ---------------------------------------------------------------------------------------

const signals = () => [...item().querySelectorAll("[data-signal]:not(.is-dismissed)")];

function pick(id) {
  for (const marked of item().querySelectorAll(".is-picked")) marked.classList.remove("is-picked");
  const line = item().querySelector(`[data-signal="${CSS.escape(id)}"]`);
  line?.classList.add("is-picked");
  for (const mark of item().querySelectorAll(`mark[data-signals~="${CSS.escape(id)}"]`)) mark.classList.add("is-picked");
  line?.scrollIntoView({ block: "nearest" });
}

function picked() {
  return item().querySelector("[data-signal].is-picked:not(.is-dismissed)") ?? signals()[0];
}

function moveSignal(step) {
  const all = signals();
  if (!all.length) return;
  const now = all.findIndex((line) => line.classList.contains("is-picked"));
  pick(all[(now + step + all.length) % all.length].dataset.signal);
}

listen({
  ...panels,
  help,
  moveSignal,
  dismiss: () => picked()?.querySelector("form")?.requestSubmit(),
  photo: () => item().querySelector("[data-photo]")?.click(),
  undo: () => desk.querySelector("[data-undo=latest]")?.requestSubmit(),
  confirm: (panel) => panel.querySelector("form").requestSubmit(),
  press: (button) => button.click(),
});

history.replaceState(null, "", location.href);
startUndoClocks();
arrive();
desk.classList.add("is-live");
item().querySelector(".desk-text")?.focus({ preventScroll: true });
