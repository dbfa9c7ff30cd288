// Back and Forward take one step for each thing a visitor did. Streamlit makes several entries in the history of a way to
// another page: for the page, and for what its address says, in either order. The later ones take the place of the first.

let entered = true;
const push = history.pushState;

function pushState(state, title, address) {
  if (entered) history.replaceState(state, title, address);
  else push.call(history, state, title, address);
  entered = true;
}

function acted() {
  entered = false;
}

function travelled() {
  entered = true;
}

export default function () {
  if (history.pushState === pushState) return;
  history.pushState = pushState;
  for (const event of ["pointerdown", "keydown"]) addEventListener(event, acted, true);
  addEventListener("popstate", travelled, true);
}
