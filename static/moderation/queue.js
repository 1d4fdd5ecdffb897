// B begins with the queue, M goes to approving several at once; letters typed in a field are letters.

const KEYS = { b: "[data-begin]:not(:disabled)", m: "[data-in-lots]" };

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
  if (event.target.closest?.("input, select, textarea, [contenteditable]")) return;
  const wanted = KEYS[event.key.toLowerCase()];
  const control = wanted && document.querySelector(wanted);
  if (!control) return;
  event.preventDefault();
  control.click();
});

// On a phone what waits comes first; who filters opens it.
for (const fold of document.querySelectorAll(".queue-fold:not([data-narrowed])")) {
  fold.open = !matchMedia("(max-width: 48rem)").matches;
}
