// Ctrl+Z and Ctrl+Shift+Z (or Cmd, or Ctrl+Y) undo and redo choices; in a field they stay what they are there.

const listening = new WeakMap();

function writes(target) {
  const field = target?.closest?.("input, textarea, [contenteditable=true]");
  return field && !["checkbox", "radio", "range", "button"].includes(field.type);
}

function listen(element) {
  const keys = {};
  keys.keydown = (event) => {
    const key = event.key.toLowerCase();
    if (!(event.ctrlKey || event.metaKey) || event.altKey || writes(event.target)) return;
    if (key === "z") keys.trigger("pressed", event.shiftKey ? "redo" : "undo");
    else if (key === "y") keys.trigger("pressed", "redo");
    else return;
    event.preventDefault();
  };
  document.addEventListener("keydown", keys.keydown);
  listening.set(element, keys);
  return keys;
}

export default function ({ parentElement, setTriggerValue }) {
  const element = parentElement.querySelector("span");
  const keys = listening.get(element) ?? listen(element);
  keys.trigger = setTriggerValue;
  return () => {
    document.removeEventListener("keydown", keys.keydown);
    listening.delete(element);
  };
}
