// The letter in a panel, as it will be sent: 0 opens it, and it follows what is chosen and written.

import { post } from "./net.js";

const AFTER = 400; // ms of silence
const WRITES = "textarea, select, input:not([type=radio], [type=checkbox], [type=hidden])";

const desk = document.getElementById("desk");
let waiting = 0;
let asked = 0;

async function read(preview) {
  const place = preview.querySelector("[data-letter-place]");
  const question = (asked += 1);
  place.classList.add("is-old");
  const answer = await post(preview.dataset.letterUrl, new FormData(preview.closest("form")));
  if (question !== asked || !preview.isConnected) return;
  place.classList.remove("is-old");
  if (answer.html) {
    place.innerHTML = answer.html;
    place.querySelector(".house-letter").tabIndex = 0; // so that it scrolls by keyboard
  } else {
    const said = answer.message ?? document.getElementById("desk-words").dataset[answer.status ? "failed" : "offline"];
    place.replaceChildren(Object.assign(document.createElement("p"), { className: "desk-error", textContent: said }));
  }
}

function follow(event) {
  const preview = event.target.closest("details.desk-verb")?.querySelector("[data-letter][open]");
  if (!preview) return;
  window.clearTimeout(waiting);
  waiting = window.setTimeout(read, AFTER, preview);
}

desk.addEventListener("input", follow);
desk.addEventListener("change", follow);
desk.addEventListener("toggle", (event) => event.target.open && event.target.matches("[data-letter]") && opened(event.target), true);

/** Read the letter and bring it into view in the panel; the page behind it stays where it is. */
async function opened(preview) {
  await read(preview);
  preview.closest(".desk-panel").scrollTop += preview.getBoundingClientRect().top - preview.closest(".desk-panel").getBoundingClientRect().top - 8;
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "0" || event.ctrlKey || event.altKey || event.metaKey || event.target.closest?.(WRITES)) return;
  const preview = document.querySelector("#desk-place details.desk-verb[open] [data-letter]");
  if (!preview || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  preview.open = !preview.open;
  preview.querySelector("summary").focus({ preventScroll: true });
});
