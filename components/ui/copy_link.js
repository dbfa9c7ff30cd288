// Puts the address of this view on the clipboard: the page's own address, with the query that the page was told.

async function copy(link, field) {
  try {
    await navigator.clipboard.writeText(link);
    return true;
  } catch {
    // Pages served over plain http to another computer have no clipboard of their own.
    field.hidden = false;
    field.value = link;
    field.focus();
    field.select();
    return document.execCommand("copy");
  }
}

export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button");
  const field = parentElement.querySelector("input");
  const link = () => `${location.origin}${location.pathname}?${data.query}`;
  button.dataset.query = data.query;
  field.setAttribute("aria-label", data.shown);
  if (!field.hidden) field.value = link();
  button.textContent = button.textContent || data.label;
  button.onclick = async () => {
    const copied = await copy(link(), field);
    button.textContent = copied ? data.done : data.shown;
    setTimeout(() => {
      button.textContent = data.label;
      if (copied) field.hidden = true;
    }, copied ? 2500 : 8000);
  };
}
