// The house rules in a panel: chosen by number or by typing; a rule brings its standard text.

const shown = (panel) => [...panel.querySelectorAll("[data-rule]:not([hidden])")];

/** Number the rules that are shown: 1 to 9 choose them. */
export function numberRules(panel) {
  shown(panel).forEach((rule, place) => {
    rule.querySelector("kbd").textContent = place < 9 ? `${place + 1}` : "";
  });
}

/** Show only the rules that have every typed word. */
export function searchRules(panel, typed) {
  const words = typed.toLowerCase().split(/\s+/);
  for (const rule of panel.querySelectorAll("[data-rule]")) {
    const said = `${rule.textContent} ${rule.querySelector("label").title}`.toLowerCase();
    rule.hidden = !words.every((word) => said.includes(word)) && !rule.querySelector("input").checked;
  }
  for (const rule of panel.querySelectorAll("[data-rule][hidden] kbd")) rule.textContent = "";
  numberRules(panel);
}

/** Choose, or let go of, the rule with that number. Returns whether there is one. */
export function chooseRule(panel, number) {
  const box = shown(panel)[number - 1]?.querySelector("input");
  if (!box) return false;
  box.checked = !box.checked;
  box.focus({ preventScroll: true });
  box.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}

/** Return the standard text of a rule that was just chosen, if it has one. */
export function textOf(panel, code) {
  return panel.querySelector(`[data-text][data-rule-code="${CSS.escape(code)}"]`);
}
