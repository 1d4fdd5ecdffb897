// The bar across the item: what happened, and what can be done about it.

const words = () => document.getElementById("desk-words").dataset;
const bar = () => document.getElementById("desk-notice");

export function word(name) {
  return words()[name] ?? "";
}

/** Show a sentence; `actions` are pairs of words and what they do. The same sentence again changes nothing. */
export function notice(kind, sentence, actions = []) {
  if (bar().dataset.kind === kind && bar().firstChild?.textContent === sentence) return;
  bar().replaceChildren();
  bar().dataset.kind = kind;
  bar().append(Object.assign(document.createElement("span"), { textContent: sentence }));
  for (const [label, act] of actions) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "house-button";
    button.textContent = label;
    button.addEventListener("click", act);
    bar().append(button);
  }
}

export function clearNotice(...kinds) {
  if (kinds.length && !kinds.includes(bar().dataset.kind)) return;
  bar().replaceChildren();
  delete bar().dataset.kind;
}

/** Say something to who cannot see the page change. */
export function say(sentence) {
  document.getElementById("desk-said").textContent = sentence;
}
