// What was found in the text: gone through with the keyboard, or by touching the mark.

const item = () => document.getElementById("desk-item");
const standing = () => [...item().querySelectorAll("[data-signal]:not(.is-dismissed)")];

/** Light up a signal and its marks. */
export function pick(id) {
  for (const marked of item().querySelectorAll(".is-picked")) marked.classList.remove("is-picked");
  const line = item().querySelector(`[data-signal="${CSS.escape(id)}"]`);
  line?.classList.add("is-picked");
  for (const mark of item().querySelectorAll(`mark[data-signals~="${CSS.escape(id)}"]`)) mark.classList.add("is-picked");
  line?.scrollIntoView({ block: "nearest" });
}

export function moveSignal(step) {
  const all = standing();
  if (!all.length) return;
  const now = all.findIndex((line) => line.classList.contains("is-picked"));
  const next = now < 0 && step < 0 ? all.length - 1 : (now + step + all.length) % all.length;
  pick(all[next].dataset.signal);
}

/** Say that the signal that is lit, or else the first, is wrong. */
export function dismiss() {
  const line = item().querySelector("[data-signal].is-picked:not(.is-dismissed)") ?? standing()[0];
  line?.querySelector("form")?.requestSubmit();
}
