// Which key was meant, and whether the page or a focused button shall have it.

const REPEATABLE = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];
const ALIASES = { "【": "[", "】": "]", "「": "[", "」": "]" };

/** Run what `actionOf(key, shift)` returns whenever a key is pressed. */
export function listen(actionOf) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const key = keyOf(event);
    const isHelpOpen = document.getElementById("help").open;
    const isOnButton = document.activeElement.matches("button, summary") && (key === "Enter" || key === " ");
    if (isOnButton || (isHelpOpen && key !== "?")) return;
    const act = actionOf(key, event.shiftKey);
    if (!act) return;
    event.preventDefault();
    if (!event.repeat || REPEATABLE.includes(key)) act();
  });
}

/** The key pressed, also where an input method swallows it or types it in full width. */
function keyOf({ key, code }) {
  if (key === "Process" || key === "Unidentified") return code.replace(/^(Key|Digit|Numpad)/, "").toLowerCase();
  return key.length === 1 ? (ALIASES[key] ?? key.normalize("NFKC").toLowerCase()) : key;
}
