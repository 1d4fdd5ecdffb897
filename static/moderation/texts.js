// Writing a standard text: the letter beside it follows what is typed, as the server will fill it in.

const field = document.querySelector("[data-letter]");
const letter = document.querySelector("[data-preview]");
const unknown = document.querySelector("[data-unknown]");
const example = (name) => letter.getAttribute(`data-place-${name}`);

function show() {
  const strange = [];
  letter.textContent = field.value.replace(/\{([^{}\n]{0,40})\}/g, (place, name) => {
    const words = /^[a-z]+$/.test(name) ? example(name) : null;
    if (words === null) strange.push(place);
    return words ?? place;
  });
  unknown.hidden = strange.length === 0;
  unknown.querySelector("span").textContent = strange.join(", ");
}

for (const button of document.querySelectorAll("[data-insert]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    field.setRangeText(button.dataset.insert, field.selectionStart, field.selectionEnd, "end");
    field.focus();
    show();
  });
}

field.addEventListener("input", show);
show();
