// The ticket page: a standard answer goes in where the cursor is, and Ctrl+Enter sends.

import { follow, send } from "./forms.js";

const form = document.querySelector("[data-answer]");
const kinds = document.querySelector("[data-kinds]");

if (kinds) follow(kinds);

if (form) {
  const text = form.querySelector("[name=text]");
  const chosen = form.querySelector("[data-standard]");

  form.querySelector("[data-insert]")?.addEventListener("click", () => {
    const option = chosen.selectedOptions[0];
    text.setRangeText(option.dataset.text, text.selectionStart, text.selectionEnd, "end");
    form.querySelector("[name=text_id]").value = option.value;
    text.focus();
  });

  send(form);
}
