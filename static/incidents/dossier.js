// The page of a dossier: one key opens a panel, Esc closes it; one that was refused is open.

const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

function open(panel) {
  panel.open = true;
  panel.scrollIntoView({ block: "nearest" });
  panel.querySelector("form :is(input:not([type=hidden]), textarea, select)")?.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") {
    const panel = event.target.closest("details.dossier-panel[open]");
    if (!panel) return;
    panel.open = false;
    panel.querySelector("summary").focus();
    return;
  }
  if (typing(event.target)) return;
  const wanted = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!wanted) return;
  event.preventDefault();
  if (wanted instanceof HTMLDetailsElement) open(wanted);
  else wanted.click();
});

const failed = document.querySelector("details.dossier-panel[open]");
if (failed) open(failed);
