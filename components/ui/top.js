// A page begins at its top, however far down the click was that led to it.

let shown;

export default function ({ data }) {
  if (shown !== undefined && shown !== data.page) document.querySelector("[data-testid=stMain]")?.scrollTo({ top: 0 });
  shown = data.page;
}
