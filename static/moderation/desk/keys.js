// One key for each deed. Letters typed in a field are letters, and so are those typed in an open panel.

const WRITES = "textarea, select, [contenteditable], input:not([type=radio], [type=checkbox], [type=hidden])";

/** Listen for keys on the page; `deeds` says what each does. */
export function listen(deeds) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.altKey || event.metaKey) return;
    if (event.getModifierState("AltGraph") || elsewhere()) return;
    const panel = deeds.openPanel();
    const writing = event.target.closest?.(WRITES);
    if (event.key === "Escape") act(event, panel ? deeds.closePanel : deeds.dropNotice);
    else if (event.key === "Enter") enter(event, { panel, writing, deeds });
    else if (writing || event.ctrlKey) return;
    else if (event.key === "?") act(event, deeds.help);
    else if (panel) inPanel(event, panel, deeds);
    else onPage(event, deeds);
  });
}

/** Whether the keys are for something that lies over the desk: the list of keys, or Unfold's palette. */
function elsewhere() {
  return document.querySelector("dialog[open]") || document.getElementById("command-results")?.offsetParent;
}

function enter(event, { panel, writing, deeds }) {
  if (event.repeat) return;
  if (panel) {
    const own = event.target.closest("button, summary, a"); // does something else on Enter
    const confirms = event.ctrlKey || (writing ? writing.matches("input") : !own);
    if (confirms) act(event, () => deeds.confirm(panel));
  } else if (!event.target.closest?.("a, button, summary, input, textarea, select")) {
    press(event, "enter", deeds);
  }
}

function inPanel(event, panel, deeds) {
  if (/^[1-9]$/.test(event.key)) act(event, () => deeds.choose(panel, Number(event.key)));
  else if (/^\p{L}$/u.test(event.key)) deeds.search(panel); // the letter itself lands in the field
}

function onPage(event, deeds) {
  const key = event.key.toLowerCase();
  const deed = { ",": () => deeds.moveSignal(-1), ".": () => deeds.moveSignal(1) }[key];
  if (deed) act(event, deed);
  else if (key.length === 1 && !event.repeat) press(event, key, deeds);
}

function press(event, key, deeds) {
  const special = { u: deeds.undo, x: deeds.dismiss, f: deeds.photo, o: deeds.nextEyes }[key];
  if (special) return act(event, special);
  const button = document.querySelector(`#desk-place [data-key="${CSS.escape(key)}"]`);
  if (button) act(event, () => button.click());
  const opened = deeds.openPanel();
  if (opened?.contains(button)) deeds.openedPanel(opened); // now: the next letter is for its field
  return undefined;
}

function act(event, deed) {
  event.preventDefault();
  deed();
}
