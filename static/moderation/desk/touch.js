// Staying in touch with the server while somebody reads: the lease is renewed by signs of life, what is
// written is kept, and the page hears when the item is no longer as it was.

import { get, post } from "./net.js";
import { clearNotice, notice, word } from "./notice.js";
import { written } from "./panels.js";

const LOOK_EVERY = 15_000; // ms between two looks at whether the item is still as it was
const SAVE_AFTER = 800; // ms of silence after which a draft is kept

export function stayInTouch({ item, isBusy, show, startClock, signedOut, take, next, dropAhead }) {
  let alive = false; // whether there was a sign of life since the last look
  let saving = 0;
  let unsaved = false; // whether something was written that the server does not have

  async function keepDraft() {
    const data = item().dataset;
    if (!("mine" in data) || isBusy()) return;
    unsaved = Boolean(written());
    const answer = await post(data.renewUrl, { epoch: data.epoch, ...(written() ?? {}) });
    if (item().dataset !== data || isBusy()) return;
    if (answer.ok) renewed(answer);
    else if (answer.status === 0) notice("offline", word("offline"));
    else if (answer.status === 401) signedOut();
    else look();
  }

  function renewed(answer) {
    unsaved = false;
    clearNotice("offline", "expired", "signed-out");
    startClock(answer.seconds);
    if (answer.version !== Number(item().dataset.version)) moved();
  }

  function moved() {
    notice("moved", word("moved"), [[word("look"), reload]]);
  }

  /** Show the item as it is now, with what changed since the version on the page. */
  async function reload() {
    const keep = written();
    const { url, version } = item().dataset;
    if (!url) return;
    const answer = await get(`${url}?seen=${version}`);
    if (answer.ok) show(answer.item, { push: false, keep });
  }

  /** Ask whether the item is still as it was. Renews nothing. */
  async function look() {
    const data = item().dataset;
    if (!data.stateUrl || data.state !== "pending" || document.hidden || isBusy()) return;
    const answer = await get(data.stateUrl);
    if (item().dataset === data && !isBusy()) tell(answer, data);
  }

  function tell(answer, data) {
    const onwards = [[word("next"), next]];
    if (answer.status === 401) signedOut();
    else if (answer.status === 404) notice("closed", word("gone"), onwards);
    else if (!answer.ok) return;
    else if (answer.state !== "pending") notice("closed", word("closed"), onwards);
    else if (answer.version !== Number(data.version)) moved();
    else if ("mine" in data && answer.holder && !answer.mine) notice("closed", `${word("other")} ${answer.holder}`, onwards);
    else if ("held" in data && !answer.holder) notice("free", word("free"), [[word("take"), take]]);
  }

  /** Leave nothing behind: what was written is kept, what was taken ahead goes back. */
  function leave() {
    const data = item().dataset;
    if (unsaved && "mine" in data) post(data.renewUrl, { epoch: data.epoch, ...written() }, { keepalive: true });
    const ahead = dropAhead();
    if (ahead?.epoch) post(ahead.release, { epoch: ahead.epoch }, { keepalive: true });
  }

  window.setInterval(() => {
    if (alive && "mine" in item().dataset && !item().classList.contains("is-expired")) keepDraft();
    else look();
    alive = false;
  }, LOOK_EVERY);

  for (const sign of ["keydown", "pointerdown", "pointermove", "scroll"]) {
    window.addEventListener(sign, () => (alive = true), { passive: true });
  }

  window.addEventListener("online", () => {
    clearNotice("offline");
    keepDraft();
    look();
  });
  window.addEventListener("offline", () => notice("offline", word("offline")));
  window.addEventListener("pagehide", leave);
  window.addEventListener("pageshow", (event) => event.persisted && location.reload());
  window.addEventListener("beforeunload", (event) => {
    if (unsaved && !navigator.onLine) event.preventDefault(); // it can be kept nowhere but here
  });

  return {
    look,
    leave,
    /** Something was typed in a panel: keep it once the typing rests. */
    wrote() {
      unsaved = true;
      window.clearTimeout(saving);
      saving = window.setTimeout(keepDraft, SAVE_AFTER);
    },
    /** What was written is decided, or another item is here. */
    forget() {
      unsaved = false;
      window.clearTimeout(saving);
    },
  };
}
