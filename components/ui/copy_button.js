// Puts a table on the clipboard, as text between tabs and as a table, for spreadsheets and for word processors.

// Pages served over plain http to another computer have no clipboard of their own; selecting and copying still works.
function copySelected(text) {
  const area = document.createElement("textarea");
  area.value = text;
  area.style.position = "fixed";
  area.style.opacity = "0";
  document.body.appendChild(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  if (!copied) throw new Error("the browser refused to copy");
}

async function copy({ text, html }) {
  if (!navigator.clipboard?.write) return copySelected(text);
  const part = (type, content) => [type, new Blob([content], { type })];
  const item = new ClipboardItem(Object.fromEntries([part("text/plain", text), part("text/html", html)]));
  return navigator.clipboard.write([item]).catch(() => copySelected(text));
}

export default function ({ data, parentElement }) {
  const button = parentElement.querySelector(".copy-button");
  button.textContent = data.label;
  let until;
  button.onclick = async () => {
    clearTimeout(until);
    button.textContent = await copy(data).then(() => data.done, () => data.failed);
    until = setTimeout(() => (button.textContent = data.label), 2500);
  };
}
