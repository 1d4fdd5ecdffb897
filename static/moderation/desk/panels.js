// The panels that open above the bar, and what is written in them.

const FIELDS = ["reason", "message", "age_basis", "text", "note"];

export function openPanel() {
  return document.querySelector("#desk-place details.desk-verb[open]");
}

export function closePanel() {
  const panel = openPanel();
  if (!panel) return;
  panel.open = false;
  document.querySelector(".desk-text")?.focus({ preventScroll: true });
}

export function openedPanel(panel) {
  panel.querySelectorAll("[data-text]").forEach((button, place) => {
    button.querySelector("kbd").textContent = place < 9 ? `${place + 1}` : "";
  });
  const first = panel.querySelector("[data-text]") ? null : panel.querySelector("textarea, input:not([type=hidden])");
  (first ?? panel.querySelector("form")).focus({ preventScroll: true });
}

export function choose(panel, number) {
  const text = panel.querySelectorAll("[data-text]")[number - 1];
  const radio = panel.querySelectorAll("input[type=radio]")[number - 1];
  if (radio) {
    radio.checked = true;
    radio.focus({ preventScroll: true });
  }
  if (text) putText(panel, text);
}

/** Put a standard text in the letter; its title is the reason unless one was written. */
export function putText(panel, button) {
  const { message, reason } = panel.querySelector("form").elements;
  message.value = button.dataset.text;
  const earlier = reason.dataset.fromText;
  if (!reason.value.trim() || reason.value === earlier) {
    reason.value = button.dataset.title;
    reason.dataset.fromText = button.dataset.title;
  }
  panel.querySelectorAll("[data-text]").forEach((each) => each.setAttribute("aria-pressed", each === button));
  message.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Return what stands in the open panel, to be kept as a draft or put back after a refusal. */
export function written() {
  const panel = openPanel();
  if (!panel) return null;
  const form = panel.querySelector("form");
  const values = { panel: panel.dataset.panel };
  for (const name of FIELDS) if (form.elements[name]?.value) values[name === "text" ? "note" : name] = form.elements[name].value;
  return values;
}

/** Put back what was written; opens its panel. Returns whether there was one. */
export function putBack(values, { open = true } = {}) {
  const panel = values && document.querySelector(`#desk-place details[data-panel="${CSS.escape(values.panel ?? "")}"]`);
  if (!panel) return false;
  const form = panel.querySelector("form");
  for (const name of FIELDS) {
    const field = form.elements[name];
    const value = values[name === "text" ? "note" : name];
    if (field && value && !(field instanceof RadioNodeList)) field.value = value;
  }
  panel.open = open;
  return true;
}

export function showError(form, message, field) {
  const place = form.querySelector("[data-error]");
  if (!place) return false;
  place.textContent = message;
  const input = form.elements[field];
  if (input && !(input instanceof RadioNodeList)) {
    input.setAttribute("aria-invalid", "true");
    input.focus();
  }
  return true;
}
