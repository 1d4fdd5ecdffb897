// The desk without page loads: the next item replaces the last and is fetched while this one is read.
// Everything works without this script too; the server decides, whatever stands on the page.

import { countDown } from "./clock.js";
import { eyes, lookAs, nextEyes, turnPhoto } from "./eyes.js";
import { listen } from "./keys.js";
import "./letter.js";
import { get, post } from "./net.js";
import { clearNotice, dropNotice, notice, say, word } from "./notice.js";
import * as panels from "./panels.js";
import { dismiss, moveSignal, pick } from "./signals.js";
import { stayInTouch } from "./touch.js";

const SKELETON_AFTER = 150; // ms
const SETTLES_IN = 400; // ms in which a second press of the same key, or a second click, is not for the new item
const NARROW = "(max-width: 60rem)";

const desk = document.getElementById("desk");
const place = document.getElementById("desk-place");
const titleEnd = document.title.slice(document.title.lastIndexOf(" | "));
const item = () => document.getElementById("desk-item");

let ahead = null; // the item that is in hand already, to be shown next
let busy = false;

// Showing ---------------------------------------------------------------------------------------

function show(answer, { push = true, keep = null, because = "deed" } = {}) {
  const isOther = item().dataset.id !== answer.id;
  const whose = isOther ? "" : eyes();
  place.innerHTML = answer.html;
  lookAs(whose);
  document.title = answer.title + titleEnd;
  if (push && location.pathname !== answer.url) history.pushState(null, "", answer.url);
  if (isOther) settle(because);
  arrive({ keep });
  if (!panels.openPanel()) item().querySelector(".desk-text")?.focus({ preventScroll: true });
  if (isOther) window.scrollTo({ top: 0 });
}

/** Bring what was just put on the page to life. */
function arrive({ keep = null } = {}) {
  clearNotice();
  touch.forget();
  for (const form of item().querySelectorAll("form")) form.noValidate = true; // the server says it in words
  if (matchMedia(NARROW).matches) for (const fold of item().querySelectorAll(".desk-fold")) fold.open = false;
  const data = item().dataset;
  if (!("mine" in data)) return;
  startClock(Number(data.seconds));
  const draft = document.getElementById("desk-draft");
  if (keep) panels.putBack(keep);
  else if (draft && panels.putBack(JSON.parse(draft.textContent))) notice("draft", word("draft"));
  fetchAhead();
}

/** Let a new item rest a moment before anything can be done with it. */
function settle(because) {
  const arrived = item();
  arrived.dataset.settling = because;
  window.setTimeout(() => delete arrived.dataset.settling, SETTLES_IN);
}

function isForTheLast(form) {
  const { settling } = item().dataset;
  return "undo" in form.dataset ? settling === "undo" : Boolean(settling) && place.contains(form);
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
  touch.look();
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
  data.set("ahead", ahead.id);
  data.set("ahead_epoch", ahead.epoch);
  data.set("ahead_version", ahead.version);
}

/** Post while nothing else is posted; a skeleton when it takes long. Returns null when it was not sent. */
async function ask(url, data) {
  if (busy) return null;
  busy = true;
  const skeleton = window.setTimeout(() => place.classList.add("is-waiting"), SKELETON_AFTER);
  const answer = await post(url, data);
  window.clearTimeout(skeleton);
  place.classList.remove("is-waiting");
  busy = false;
  return answer;
}

async function send(form, button) {
  if (isForTheLast(form)) return;
  const data = new FormData(form, button);
  const { keeps, release, undo } = form.dataset;
  if ([keeps, release, undo].every((flag) => flag === undefined)) aheadFields(data);
  const answer = await ask(form.action, data);
  if (!answer) return;
  if (!answer.ok) return refused(form, answer);
  if (answer.url && !answer.item) return location.assign(answer.url);
  const keep = keeps !== undefined && !form.closest("[data-panel=note]") ? panels.written() : null;
  goOn(answer, { keep, because: undo === undefined ? "deed" : "undo" });
}

function goOn(answer, options) {
  showAround(answer);
  if (answer.item) show(answer.item, options);
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
  if (answer.status === 0) {
    notice("offline", word("offline"));
    return touch.look();
  }
  if (answer.status === 401) return signedOut();
  if (answer.status === 404) return notice("closed", word("gone"), [[word("next"), next]]);
  if (answer.item) {
    show(answer.item, { push: false, keep: panels.written() });
    return notice("moved", answer.message);
  }
  if (answer.code === "lease_lost") return notice("expired", answer.message, [[word("take"), take]]);
  if (answer.status === 409) return notice("closed", answer.message, [[word("next"), next]]);
  if (answer.status === 422 && panels.showError(form, answer.message, answer.field)) return undefined;
  notice("failed", answer.message ?? word("failed"));
  return answer.status >= 500 ? touch.look() : undefined; // it may have been done before it went wrong
}

function signedOut() {
  notice("signed-out", word("signedOut"), [[word("signIn"), desk.dataset.signInUrl]]);
}

async function take() {
  const keep = panels.written();
  const answer = await ask(item().dataset.takeUrl, {});
  if (answer?.ok) show(answer.item, { push: false, keep });
  else if (answer) refused(item(), answer);
}

async function next() {
  const data = new FormData();
  aheadFields(data);
  const answer = await ask(desk.dataset.nextUrl, data);
  if (answer?.ok) goOn(answer);
  else if (answer) refused(item(), answer);
}

const touch = stayInTouch({
  item,
  isBusy: () => busy,
  show,
  startClock,
  signedOut,
  take,
  next,
  dropAhead() {
    const dropped = ahead;
    ahead = null;
    return dropped;
  },
});

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
  panels.clearError(event.target);
  if (!panels.openPanel()) return undefined;
  return touch.wrote();
});

desk.addEventListener("click", (event) => {
  const refusedButton = event.target.closest("[data-refused]");
  if (refusedButton) notice("refused", refusedButton.dataset.refused);
  if (event.target.closest("[data-close]")) panels.closePanel();
  if (event.target.closest("[data-help]")) help();
  const text = event.target.closest("[data-text]");
  if (text) panels.putText(text.closest("details"), text);
  const whose = event.target.closest("[data-as]");
  if (whose && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    lookAs(whose.dataset.as);
  }
  const mark = event.target.closest("mark[data-signals]");
  if (mark) pick(mark.dataset.signals.trim().split(" ")[0]);
});

// A panel lies over the text: whoever goes there with the keyboard sees where they are. A click leaves it.
desk.addEventListener("focusin", (event) => {
  const behind = event.target.closest(".desk-text, .desk-member");
  if (behind && event.target.matches(":focus-visible") && panels.openPanel()) panels.openPanel().open = false;
});

desk.addEventListener("toggle", (event) => event.target.open && event.target.matches(".desk-verb") && panels.openedPanel(event.target), true);

window.addEventListener("popstate", async () => {
  touch.leave();
  const answer = await get(location.pathname);
  if (answer.ok && answer.item) show(answer.item, { push: false });
  else location.reload();
});

function help() {
  document.getElementById("desk-help").showModal();
}

listen({
  ...panels,
  help,
  nextEyes,
  moveSignal(step) {
    lookAs("");
    moveSignal(step);
  },
  dismiss: () => (eyes() ? lookAs("") : dismiss()), // never what is not in sight
  dropNotice,
  photo: turnPhoto,
  undo: () => desk.querySelector("[data-undo=latest]")?.requestSubmit(),
});

startUndoClocks();
arrive();
desk.classList.add("is-live");
if (!panels.openPanel()) item().querySelector(".desk-text")?.focus({ preventScroll: true });
