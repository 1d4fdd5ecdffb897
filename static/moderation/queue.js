// B begins with the queue; letters typed in a field are letters.

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
  if (event.target.closest?.("input, select, textarea, [contenteditable]")) return;
  if (event.key.toLowerCase() !== "b") return;
  const begin = document.querySelector("[data-begin]:not(:disabled)");
  if (!begin) return;
  event.preventDefault();
  begin.click();
});
