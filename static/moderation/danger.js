// By keyboard: a number goes to that step, Enter there writes it down; Escape goes out of a field, then back.

const WRITES = "textarea, input:not([type=hidden])";

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.altKey || event.metaKey) return;
  if (document.querySelector("dialog[open]") || document.getElementById("command-results")?.offsetParent) return;
  const field = event.target.closest?.(WRITES);
  if (event.key === "Escape") {
    if (field) field.blur();
    else document.querySelector("[data-back]").click();
  } else if (event.key === "Enter" && event.ctrlKey && field) {
    field.form.requestSubmit();
  } else if (!field && !event.ctrlKey && /^[1-9]$/.test(event.key)) {
    document.querySelector(`[data-step="${event.key}"]`)?.focus();
  } else {
    return;
  }
  event.preventDefault();
});

// What is sent is sent once: a second Enter while the page is on its way writes nothing more down.
document.querySelector(".danger").addEventListener("submit", (event) => {
  if (event.target.hasAttribute("aria-busy")) event.preventDefault();
  event.target.setAttribute("aria-busy", "true");
});
window.addEventListener("pageshow", (event) => event.persisted && location.reload());
