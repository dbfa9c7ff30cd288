// Draws the figure it is given with Plotly.react: a zoom and the curves a reader has hidden survive new data.

let library;

function plotly(address) {
  library ??= new Promise((loaded, failed) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => loaded(window.Plotly);
    script.onerror = () => failed(new Error(`${address} could not be loaded`));
    document.head.appendChild(script);
  });
  return library;
}

function isDark(colour) {
  const [red, green, blue] = colour.match(/[0-9a-f]{2}/gi).map((part) => parseInt(part, 16));
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
}

// Colours stand alone, or inside the markup of a label.
function onDark(dark) {
  const inMarkup = (text) => text.replace(/#[0-9a-f]{6}/gi, (colour) => dark[colour] ?? colour);
  return (_key, value) => (typeof value === "string" ? (dark[value] ?? inMarkup(value)) : value);
}

// The colours and the typeface of the page around the figure, as a Plotly template: they fill in what the figure leaves
// open, so what it sets itself stays.
function screenLayout(value) {
  const text = value("text-color");
  const line = value("border-color");
  const axis = { gridcolor: line, linecolor: line, zerolinecolor: line, tickcolor: line };
  return {
    font: { family: value("font"), color: text },
    xaxis: axis,
    yaxis: axis,
    hoverlabel: { bgcolor: value("secondary-background-color"), bordercolor: line, font: { color: text } },
    modebar: { bgcolor: "rgba(0,0,0,0)", color: value("gray-text-color"), activecolor: text },
  };
}

function merged(below, above) {
  const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
  const result = { ...below };
  for (const [key, value] of Object.entries(above)) {
    result[key] = isObject(value) && isObject(result[key]) ? merged(result[key], value) : value;
  }
  return result;
}

// Plotly makes a class of a curve's uid and later seeks it by a selector, which a space or a % in it breaks. Two names
// never give one class.
function asClass(name) {
  return name.replace(/[^a-z0-9|-]/giu, (sign) => `_${sign.codePointAt(0).toString(16)}_`).replaceAll("|", "__");
}

// Every curve is known by its name: its place changes when a group leaves the selection.
function named(traces) {
  const seen = new Map();
  return traces.map((trace) => {
    const name = trace.uid ?? [trace.type, trace.legendgroup, trace.name].join("|");
    const before = seen.get(name) ?? 0;
    seen.set(name, before + 1);
    return { ...trace, uid: asClass(before ? `${name}|${before}` : name) };
  });
}

// Plotly takes an empty text out of the drawing but leaves its place, and the next text of that place does not come back.
// So no text that is drawn is empty: a mark with nothing to say says a space. What is said on hovering stays as it was.
const written = (text) => (text === "" || text === null || text === undefined ? " " : text);

function withoutGaps(trace) {
  const isDrawn = trace.type === "bar" || (trace.mode ?? "").includes("text");
  if (!isDrawn || trace.text === undefined) return trace;
  const marks = Math.max(trace.x?.length ?? 0, trace.y?.length ?? 0);
  const text = Array.isArray(trace.text)
    ? Array.from({ length: Math.max(marks, trace.text.length) }, (_, i) => written(trace.text[i]))
    : written(trace.text);
  return { ...trace, text, hovertext: trace.hovertext ?? trace.text };
}

// Plotly keeps the room that a legend took after the legend has gone, and draws what follows too low.
function forgetLegend(element) {
  if (element._fullLayout) element._fullLayout._reservedMargin = {};
}

// What the reader has hidden or shown against what the figure asked for stays so, also when a curve leaves and returns.
function asTheReaderChose(traces, plot, drawn) {
  for (const { uid, visible = true } of drawn) {
    if (visible === plot.asked.get(uid)) plot.chosen.delete(uid);
    else plot.chosen.set(uid, visible);
  }
  plot.asked = new Map(traces.map(({ uid, visible = true }) => [uid, visible]));
  return traces.map((trace) => ({ ...trace, visible: plot.chosen.get(trace.uid) ?? trace.visible }));
}

function drawing(data, style) {
  const value = (name) => style.getPropertyValue(`--st-${name}`).trim();
  const ground = value("background-color");
  const figure = JSON.parse(data.figure, isDark(ground) ? onDark(data.dark) : undefined);
  const template = figure.layout.template ?? {};
  const layout = {
    uirevision: "kept",
    ...figure.layout,
    autosize: true,
    paper_bgcolor: ground, // not transparent: a saved picture must be readable on any slide
    plot_bgcolor: ground,
    template: { ...template, layout: merged(template.layout ?? {}, screenLayout(value)) },
  };
  const isZoomable = Object.entries(layout).some(([key, axis]) => /^[xy]axis\d*$/.test(key) && !axis.fixedrange);
  const config = {
    displaylogo: false,
    doubleClick: "reset",
    // No camera: its picture would say neither whose patients it shows nor how many. Those under the figure do.
    displayModeBar: isZoomable && "hover",
    modeBarButtons: [["resetScale2d"]],
  };
  return { traces: named(figure.data).map(withoutGaps), layout, config, words: figure.words ?? [] };
}

// Numbers under a plot and texts beside it stand over the drawing, each where the axes put it: Plotly takes much
// longer for a text. What they say is escaped, but for our own marks, as every text of the figure is.
function write(element, plot) {
  const layout = element._fullLayout;
  let layer = element.querySelector(".words");
  if (!layer) {
    layer = document.createElement("div");
    layer.className = "words";
    layer.onclick = ({ target }) => {
      const answer = target.closest("button")?.dataset.answer;
      if (plot.data.clickable && answer !== undefined) plot.setTriggerValue("clicked", answer);
    };
    element.append(layer);
  }
  const axis = (name) => layout[`${name[0]}axis${name.slice(1)}`];
  const { l, w } = layout._size;
  const texts = plot.words.flatMap((words) => {
    const [across, down] = [words.xaxis && axis(words.xaxis), axis(words.yaxis)];
    return words.text.map((text, i) => {
      const x = across ? across._offset + across.d2p(words.x[i]) : l + w * words.x[i];
      if (across && (x < across._offset - 0.5 || x > across._offset + across._length + 0.5)) return ""; // zoomed out of sight
      const y = down._offset + down.d2p(words.y[i]);
      const colour = words.colours?.[i] ? `;color:${words.colours[i]}` : "";
      const style = `left:${x.toFixed(2)}px;top:${y.toFixed(2)}px;font-size:${words.size}px${colour}`;
      const answer = plot.data.clickable && words.answers?.[i];
      if (!answer) return `<span class="${words.align}" style="${style}">${text}</span>`;
      const stop = answer === words.answers[i - 1] ? -1 : 0; // of rows that lead to one place a keyboard stops at the first
      const told = answer.replaceAll("&", "&amp;").replaceAll('"', "&quot;"); // as it was sent, entities and all
      return `<button type="button" tabindex="${stop}" data-answer="${told}" class="${words.align}" style="${style}">${text}</button>`;
    });
  });
  const written = texts.join("");
  if (written !== plot.written || !layer.firstChild) layer.innerHTML = plot.written = written;
}

const plots = new WeakMap();

// Figures come with the page, and the first of them ahead of it, by a socket of this session's own. Whichever of the two
// comes later with a lower number is of an earlier view, and is left out.
let channel;

function listen({ address, token }) {
  if (channel?.token === token) return;
  channel?.socket.close();
  channel = { token, waits: 1 };
  connect(channel, new URL(address, location.href.replace(/^http/, "ws"))); // http to ws, https to wss
}

function connect(own, address) {
  own.socket = new WebSocket(address);
  own.socket.onopen = () => own.socket.send(own.token);
  own.socket.onmessage = ({ data }) => {
    own.waits = 1;
    ahead(JSON.parse(data)).finally(() => own.socket.send("drawn"));
  };
  own.socket.onclose = ({ code }) => {
    if (channel !== own || code === 1008) return; // replaced, or of a session that has ended
    setTimeout(() => channel === own && connect(own, address), 1000 * own.waits);
    own.waits = Math.min(2 * own.waits, 60);
  };
}

async function ahead(data) {
  for (const element of document.querySelectorAll(".live-plot")) {
    const plot = plots.get(element);
    if (plot?.data.key !== data.key) continue;
    place(element).minHeight = `${data.height}px`; // until the page itself knows of another height
    await show(element, plot, data);
    await seen();
  }
}

const place = (element) => (element.closest("[data-testid=stElementContainer]") ?? element).style;

// Once the browser has painted what was drawn; a page in the background paints nothing.
const seen = () =>
  new Promise((painted) => {
    requestAnimationFrame(() => setTimeout(painted));
    if (document.hidden) painted();
  });

function show(element, plot, data) {
  const before = plot.data;
  if (before?.channel?.token === data.channel?.token && before?.number > data.number) return undefined;
  plot.data = data;
  element.style.height = `${data.height}px`;
  element.classList.toggle("clickable", data.clickable);
  element.setAttribute("role", "figure");
  element.setAttribute("aria-label", data.alt);
  return draw(element, plot).catch((error) => {
    console.error(error);
    plot.drawn = undefined;
    element.dataset.livePlot = "drawn";
    element.textContent = data.alt; // what the figure says, when it cannot be drawn
  });
}

async function draw(element, plot) {
  const { data } = plot;
  const style = getComputedStyle(element);
  const theme = ["background-color", "text-color"].map((name) => style.getPropertyValue(`--st-${name}`));
  const version = [data.figure, ...theme].join();
  element.dataset.livePlot = "waiting";
  if (version !== plot.drawn) {
    const library = await plotly(data.plotly);
    if (plot.data !== data || !element.isConnected) return;
    const { traces, layout, config, words } = drawing(data, style);
    forgetLegend(element);
    plot.words = words;
    plot.drawn = version;
    plot.done = library.react(element, asTheReaderChose(traces, plot, element.data ?? []), layout, config);
  }
  await plot.done;
  if (plot.data !== data) return;
  write(element, plot);
  element.dataset.livePlot = "drawn";
  if (plot.observer) return;
  plot.observer = new ResizeObserver(() => element.offsetWidth && window.Plotly.Plots.resize(element));
  plot.observer.observe(element);
  element.on("plotly_afterplot", () => write(element, plot));
  element.on("plotly_click", ({ points }) => {
    const answer = points[0]?.customdata;
    if (plot.data.clickable && answer !== undefined) plot.setTriggerValue("clicked", answer);
  });
}

export default function ({ data, parentElement, setTriggerValue }) {
  const element = parentElement.querySelector(".live-plot");
  const plot = plots.get(element) ?? { asked: new Map(), chosen: new Map() };
  plots.set(element, Object.assign(plot, { setTriggerValue }));
  if (data.channel) listen(data.channel);
  place(element).minHeight = "";
  show(element, plot, data);
  return () => {
    plot.observer?.disconnect();
    window.Plotly?.purge(element);
  };
}
