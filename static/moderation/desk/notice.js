// The bar across the item: what happened, and what can be done about it.

const words = () => document.getElementById("desk-words").dataset;
const bar = () => document.getElementById("desk-notice");

export function word(name) {
  return words()[name] ?? "";
}

/**
 * Show a sentence. `actions` are pairs of words and what they do, or an address to open in another tab.
 * The same sentence again changes nothing.
 */
export function notice(kind, sentence, actions = []) {
  if (bar().dataset.kind === kind && bar().firstChild?.textContent === sentence) return;
  bar().replaceChildren();
  bar().dataset.kind = kind;
  bar().append(Object.assign(document.createElement("span"), { textContent: sentence }));
  for (const [label, act] of actions) {
    const isAddress = typeof act === "string";
    const control = document.createElement(isAddress ? "a" : "button");
    control.className = "house-button";
    control.textContent = label;
    if (isAddress) Object.assign(control, { href: act, target: "_blank", rel: "noopener" });
    else {
      control.type = "button";
      control.addEventListener("click", act);
    }
    bar().append(control);
  }
}

export function clearNotice(...kinds) {
  if (kinds.length && !kinds.includes(bar().dataset.kind)) return;
  bar().replaceChildren();
  delete bar().dataset.kind;
}

/** Let go of a notice that only tells something; one that asks for something stays. */
export function dropNotice() {
  if (!bar().querySelector(".house-button")) clearNotice();
}

/** Say something to who cannot see the page change. */
export function say(sentence) {
  document.getElementById("desk-said").textContent = sentence;
}
