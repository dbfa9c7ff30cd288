// The slides collected stay in the browser, as links: a page that is loaded again gets them back from its own tab
// (sessionStorage), a new tab from the last one that changed them (localStorage).

const KEY = "myoscope slides";
let session = "";
let waiting = false;
let last = "[]";

function stored() {
  for (const store of ["sessionStorage", "localStorage"]) {
    try {
      const found = JSON.parse(window[store].getItem(KEY));
      if (Array.isArray(found)) return found;
    } catch {
      // a browser that keeps nothing, or something else
    }
  }
  return [];
}

function store(text) {
  for (const store of ["sessionStorage", "localStorage"]) {
    try {
      window[store].setItem(KEY, text);
    } catch {
      // it keeps nothing: slides then last as long as the session
    }
  }
}

export default function ({ data, setTriggerValue }) {
  if (session !== data.session) {
    session = data.session;
    const found = stored();
    last = JSON.stringify(found);
    waiting = found.length > 0 && !data.heard;
    if (waiting) setTriggerValue("found", found);
  }
  if (data.heard) waiting = false;
  const text = JSON.stringify(data.slides);
  if (waiting || text === last) return;
  last = text;
  store(text);
}
