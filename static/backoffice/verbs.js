// The pages of verbs: one click is one call, and a secret is copied with one click.

for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.getAttribute("aria-busy") === "true") return event.preventDefault();
    form.setAttribute("aria-busy", "true");
  });
  window.addEventListener("pageshow", () => form.removeAttribute("aria-busy"));
}

// The shell is hidden until its own script has run: too late for the browser to follow autofocus by itself.
window.addEventListener("load", () => {
  if (document.activeElement === document.body) document.querySelector(".house-form [autofocus]")?.focus();
});

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue; // not in a page without https: the text can be selected
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
    button.textContent = button.dataset.copied;
    document.querySelector("[data-said]").textContent = button.dataset.copied;
  });
}

// A page that came from a POST: reloading it would do it all again. The address is that of what comes next.
const onward = document.querySelector("[data-onward]")?.dataset.onward;
if (onward) history.replaceState(null, "", onward);
