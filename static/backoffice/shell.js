// What Unfold's shell does not say to who cannot see it. Runs before its own scripts see the page.

document.addEventListener("DOMContentLoaded", () => {
  for (const icon of document.querySelectorAll(".material-symbols-outlined")) {
    const control = icon.closest("a, button");
    if (!control || control.textContent.trim() !== icon.textContent.trim()) icon.setAttribute("aria-hidden", "true");
  }
  for (const box of document.querySelectorAll("[data-simplebar]")) {
    const around = box.closest("nav")?.getAttribute("aria-label");
    box.dataset.simplebarAriaLabel = around ?? document.querySelector("h1")?.textContent.trim() ?? document.title;
  }
  focusWhenUncloaked(document.querySelector("[autofocus]"));
});

/** The page is cloaked while it loads: the browser's own autofocus finds nothing to go to. */
function focusWhenUncloaked(field) {
  if (!field) return;
  if (field.offsetParent) field.focus();
  else requestAnimationFrame(() => focusWhenUncloaked(field));
}
