// One key for each deed. Letters typed in a field are letters.

const WRITES = "textarea, select, input:not([type=radio], [type=checkbox], [type=hidden])";

/** Listen for keys on the page; `deeds` says what each does: item() and help, undo, signals, panels. */
export function listen(deeds) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.altKey || event.metaKey) return;
    const panel = deeds.openPanel();
    const writing = event.target.closest?.(WRITES);
    if (event.key === "Escape") {
      if (panel) act(event, () => deeds.closePanel());
      return;
    }
    if (event.key === "Enter") {
      if (panel && (!writing || event.ctrlKey || writing.matches("input"))) {
        if (!event.target.closest("button, summary, a")) act(event, () => deeds.confirm(panel));
      } else if (!panel && !event.target.closest?.("a, button, summary, input, textarea, select")) {
        press(event, "enter", deeds);
      }
      return;
    }
    if (writing || event.ctrlKey || document.querySelector("dialog[open]")) return;
    if (document.getElementById("command-results")?.offsetParent) return; // the palette is open
    if (panel && /^[1-9]$/.test(event.key)) return act(event, () => deeds.choose(panel, Number(event.key)));
    switch (event.key) {
      case "?":
        return act(event, deeds.help);
      case ",":
        return act(event, () => deeds.moveSignal(-1));
      case ".":
        return act(event, () => deeds.moveSignal(1));
      default:
        if (event.key.length === 1 && !event.repeat) press(event, event.key.toLowerCase(), deeds);
    }
  });
}

function act(event, deed) {
  event.preventDefault();
  deed();
}

function press(event, key, deeds) {
  const special = { u: deeds.undo, x: deeds.dismiss, f: deeds.photo }[key];
  if (special) return act(event, special);
  const button = document.querySelector(`#desk-place [data-key="${key}"]`);
  if (button) act(event, () => deeds.press(button));
}
