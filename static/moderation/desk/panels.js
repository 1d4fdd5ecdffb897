// The panels that open above the bar, and what is written in them.

import { chooseRule, numberRules, searchRules, textOf } from "./rules.js";

const FIELDS = ["reason", "message", "age_basis", "text", "note"];

export function openPanel() {
  return document.querySelector("#desk-place details.desk-verb[open]");
}

export function closePanel() {
  const panel = openPanel();
  if (!panel) return;
  panel.open = false;
  panel.querySelector("summary").focus({ preventScroll: true });
}

export function openedPanel(panel) {
  numberRules(panel);
  const form = panel.querySelector("form");
  if (form.contains(document.activeElement)) return;
  const elsewhere = panel.querySelector("[data-rule]") || matchMedia("(pointer: coarse)").matches;
  (elsewhere ? form : form.querySelector("textarea, input:not([type=hidden])")).focus({ preventScroll: true });
}

/** Go to the field that searches the house rules, if this panel has one. */
export function search(panel) {
  panel.querySelector("[data-rule-search]")?.focus({ preventScroll: true });
}

/** Do what the panel is for; in the search field, first choose the rule that was found. */
export function confirm(panel) {
  const searching = document.activeElement.matches("[data-rule-search]") && document.activeElement;
  if (!searching?.value) return panel.querySelector("form").requestSubmit();
  if (!chooseRule(panel, 1)) return undefined;
  searching.value = "";
  return searchRules(panel, "");
}

export function choose(panel, number) {
  if (chooseRule(panel, number)) return;
  const radio = panel.querySelectorAll("input[type=radio]")[number - 1];
  if (radio) {
    radio.checked = true;
    radio.focus({ preventScroll: true });
  }
}

/** Let a chosen house rule bring its standard text, unless somebody wrote a letter already. */
export function choseRule(panel, box) {
  const button = box.checked && textOf(panel, box.value);
  if (button && !panel.querySelector("form").elements.message.value.trim()) putText(panel, button);
}

export { searchRules };

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
  const rules = [...form.querySelectorAll("[name=policies]:checked")].map((box) => box.value);
  if (rules.length) values.policies = rules.join(" ");
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
  for (const code of (values.policies ?? "").split(" ")) {
    const box = form.querySelector(`[name=policies][value="${CSS.escape(code)}"]`);
    if (box) box.checked = true;
  }
  panel.open = open;
  return true;
}

/** Say in the panel what the server refused, and go to the field. Returns whether there is a place for it. */
export function showError(form, message, field) {
  const place = form.querySelector("[data-error]");
  if (!place) return false;
  place.textContent = message;
  place.scrollIntoView({ block: "nearest" });
  const input = form.elements[field];
  if (input instanceof RadioNodeList) form.focus({ preventScroll: true });
  else if (input) {
    input.setAttribute("aria-invalid", "true");
    input.focus();
  }
  return true;
}

/** Take back what was said about a field that is being mended. */
export function clearError(field) {
  field.removeAttribute("aria-invalid");
  const place = field.form?.querySelector("[data-error]");
  if (place) place.textContent = "";
}
