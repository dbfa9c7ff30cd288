// A page begins at its top, however far down the click was that led to it, and says in which language its texts are.

let shown;

export default function ({ data }) {
  document.documentElement.lang = data.language;
  if (shown !== undefined && shown !== data.page) document.querySelector("[data-testid=stMain]")?.scrollTo({ top: 0 });
  shown = data.page;
}
