// The cards of the page "Cohort": what is chosen is counted here at once, and sent when the pointer is let go.

const TOUCH = 8; // pixels beside the end of a range in which a pointer takes hold of it
const recent = { study: "", keys: [] }; // the variables used last; lives as long as the tab shows this study

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
}

function grouped(number) {
  return String(number).replace(/\B(?=(\d{3})+(?!\d))/g, "\u2009");
}

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

function drawn(name, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

function set(node, name, value) {
  if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}

const MISSING = 255; // the code of a number that is not recorded

// A variable of levels: one button each, pressed while its patients stay.
class Levels {
  constructor(card, cards) {
    this.data = card;
    this.rows = card.levels.map((level, code) => {
      const [name, bar, counts] = [element("span", { class: "name" }, level.label), element("span", { class: "in" }),
        element("span", { class: "counts" })]; // prettier-ignore
      const all = element("span", { class: "all" });
      const button = element(
        "button",
        { type: "button", "data-level": level.id, "aria-pressed": "false", class: level.missing ? "missing" : "" },
        name, counts, element("span", { class: "track", "aria-hidden": "true" }, all, bar),
      ); // prettier-ignore
      button.addEventListener("click", () => cards.choose(this, this.toggled(code)));
      return { button, bar, all, counts, level };
    });
    this.body = element("div", { class: "levels" }, ...this.rows.map(({ button }) => button));
  }

  // What is chosen: null, or ids of levels.
  read(card) {
    return card.chosen.length ? [...card.chosen] : null;
  }

  toggled(code) {
    const [id, now] = [this.data.levels[code].id, this.chosen ?? []];
    const next = this.data.levels.map((level) => level.id).filter((one) => now.includes(one) !== (one === id));
    return next.length && next.length < this.data.levels.length ? next : null;
  }

  pass() {
    const pass = new Uint8Array(256).fill(this.chosen ? 0 : 1);
    this.data.levels.forEach((level, code) => (pass[code] = !this.chosen || this.chosen.includes(level.id) ? 1 : 0));
    return pass;
  }

  texts() {
    return { [this.data.key]: this.chosen ?? [] };
  }

  sentence(words) {
    const labels = this.data.levels.filter(({ id }) => this.chosen.includes(id)).map(({ label }) => label);
    return fill(words.levels, { label: this.data.label, levels: labels.join(words.or) });
  }

  paint(counts, all, words) {
    const most = Math.max(1, ...this.rows.map((_, code) => all[code]));
    this.rows.forEach(({ button, bar, all: whole, counts: text, level }, code) => {
      set(button, "aria-pressed", String(Boolean(this.chosen?.includes(level.id))));
      set(button, "data-kept", String(!this.chosen || this.chosen.includes(level.id)));
      say(text, fill(words.of, { n: grouped(counts[code]), all: grouped(all[code]) }));
      set(bar, "style", `transform: scaleX(${counts[code] / most})`);
      set(whole, "style", `transform: scaleX(${all[code] / most})`);
    });
  }
}

// A number: a histogram to draw a range on, two fields for its ends, and whether those without a value stay.
class Numeric {
  constructor(card, cards) {
    Object.assign(this, { data: card, cards, printed: [] });
    const bars = card.grid.length - 1;
    this.whole = drawn("path", { class: "whole" });
    this.inside = drawn("path", { class: "inside" });
    this.shade = drawn("rect", { class: "shade", y: 0, height: 100, width: 0 });
    this.picture = drawn(
      "svg",
      { viewBox: `0 0 ${bars} 100`, preserveAspectRatio: "none", "aria-hidden": "true" },
      this.shade, this.whole, this.inside,
    ); // prettier-ignore
    const { words } = cards.data;
    const field = (text) =>
      element("input", {
        type: "number", step: "any", min: card.grid[0], max: card.grid[bars], "aria-label": fill(text, card),
        onchange: () => this.typed(),
      }); // prettier-ignore
    this.from = field(words.from);
    this.to = field(words.to);
    this.missing = element("button", { type: "button", class: "missing", "data-level": "missing" });
    this.missing.addEventListener("click", () => cards.choose(this, { ...this.chosen, keep: !this.chosen.keep }));
    const ends = [card.grid[0], card.grid[Math.round(bars / 2)], card.grid[bars]];
    this.body = element(
      "div",
      { class: "number" },
      this.picture,
      element("div", { class: "ticks", "aria-hidden": "true" }, ...ends.map((end) => element("span", {}, String(end)))),
      element("div", { class: "fields" }, this.from, "–", this.to, element("span", { class: "unit" }, card.unit)),
      this.missing,
    );
    this.picture.addEventListener("pointerdown", (event) => this.begin(event));
  }

  read(card) {
    return card.range ? { low: card.range[0], high: card.range[1], keep: card.keep } : null;
  }

  // Where a value lies on the drawing, in bars.
  place(value) {
    const { grid } = this.data;
    const i = Math.max(1, grid.findIndex((edge) => edge >= value)); // prettier-ignore
    return i - (grid[i] - value) / (grid[i] - grid[i - 1]);
  }

  begin(event) {
    if (event.button) return;
    const { grid } = this.data;
    const box = this.picture.getBoundingClientRect();
    const bars = grid.length - 1;
    const at = ({ clientX }) => Math.min(bars, Math.max(0, ((clientX - box.left) / box.width) * bars));
    const [start, touch, held] = [at(event), (TOUCH / box.width) * bars, this.chosen];
    const ends = held ? [this.place(held.low), this.place(held.high)] : null;
    const edge = ends ? ends.findIndex((end) => Math.abs(end - start) < touch) : -1;
    const moving = ends && edge < 0 && start > ends[0] && start < ends[1];
    const anchor = edge < 0 ? start : ends[1 - edge];
    const keep = held?.keep ?? false;
    const range = (now) => {
      if (moving) {
        const [low, high] = ends.map(Math.round);
        const by = Math.min(bars - high, Math.max(-low, Math.round(now - start)));
        return [low + by, high + by];
      }
      const [low, high] = [Math.min(anchor, now), Math.max(anchor, now)];
      return edge < 0 ? [Math.floor(low), Math.ceil(high)] : [Math.round(low), Math.round(high)];
    };
    let chosen = held;
    const follow = (moved) => {
      let [low, high] = range(at(moved));
      if (low === high) [low, high] = high < bars ? [low, high + 1] : [low - 1, high];
      chosen = low === 0 && high === bars ? null : { low: grid[low], high: grid[high], keep };
      this.cards.preview(this, chosen);
    };
    const end = () => {
      this.picture.removeEventListener("pointermove", follow);
      this.cards.choose(this, chosen);
    };
    this.picture.setPointerCapture(event.pointerId);
    this.picture.addEventListener("pointermove", follow);
    this.picture.addEventListener("lostpointercapture", end, { once: true });
    if (!moving && edge < 0) follow(event);
    event.preventDefault();
  }

  typed() {
    const { grid } = this.data;
    const [first, last] = [grid[0], grid[grid.length - 1]];
    const value = ({ value: text, valueAsNumber }, otherwise) =>
      text === "" || Number.isNaN(valueAsNumber) ? otherwise : Math.min(last, Math.max(first, valueAsNumber));
    const ends = [value(this.from, first), value(this.to, last)].sort((a, b) => a - b);
    const whole = ends[0] === first && ends[1] === last;
    this.printed = [];
    this.cards.choose(this, whole ? null : { low: ends[0], high: ends[1], keep: this.chosen?.keep ?? false });
  }

  // Code 2i is the i-th edge itself, 2i + 1 what lies before the next. What was typed is no edge before the server has
  // made it one, and is counted then.
  pass() {
    if (!this.chosen) return new Uint8Array(256).fill(1);
    const ends = [this.chosen.low, this.chosen.high].map((end) => this.data.edges.indexOf(end));
    if (ends.includes(-1)) return null;
    const pass = new Uint8Array(256).fill(1, 2 * ends[0], 2 * ends[1] + 1);
    pass[MISSING] = this.chosen.keep ? 1 : 0;
    return pass;
  }

  texts() {
    const { key } = this.data;
    const range = this.chosen ? [String(this.chosen.low), String(this.chosen.high)] : [];
    return { [key]: range, [`${key}_missing`]: this.chosen?.keep ? ["true"] : [] };
  }

  sentence(words) {
    const { label, unit } = this.data;
    return fill(this.chosen.keep ? words.range_or_missing : words.range, { label, unit, ...this.chosen });
  }

  paint(counts, all, words) {
    const { bars, grid } = this.data;
    const [inside, whole] = [counts, all].map((by) => {
      const sums = new Array(grid.length - 1).fill(0);
      bars.forEach((bar, code) => (sums[bar] += by[code]));
      return sums;
    });
    const most = Math.max(1, ...whole);
    const path = (sums) =>
      sums.map((n, i) => (n ? `M${i + 0.06} 100V${100 - Math.max(2, (96 * n) / most)}H${i + 0.94}V100Z` : "")).join("");
    set(this.whole, "d", path(whole));
    set(this.inside, "d", path(inside));
    const [low, high] = this.chosen ? [this.place(this.chosen.low), this.place(this.chosen.high)] : [0, 0];
    set(this.shade, "x", String(low));
    set(this.shade, "width", String(high - low));
    [this.from, this.to].forEach((field, i) => {
      const value = String(this.chosen ? [this.chosen.low, this.chosen.high][i] : grid[i && grid.length - 1]);
      if (this.printed[i] !== value) field.value = this.printed[i] = value; // leaves alone what is being typed
    });
    this.missing.hidden = !all[MISSING];
    this.missing.disabled = !this.chosen;
    set(this.missing, "aria-pressed", String(!this.chosen || this.chosen.keep));
    const n = { n: grouped(counts[MISSING]), all: grouped(all[MISSING]) };
    say(this.missing, `${words.missing}: ${fill(words.of, n)}`);
  }
}
class Cards {
  constructor(root, data) {
    Object.assign(this, { root, data, sent: 0, heard: true, signature: "" });
    this.status = element("div", { class: "status", role: "status" });
    this.path = element("ol", { class: "path" });
    this.search = element("input", { type: "search", placeholder: data.words.search, "aria-label": data.words.search });
    this.search.addEventListener("input", () => this.find());
    this.none = element("p", { class: "none", hidden: "" }, data.words.not_found);
    this.list = element("div", { class: "list" });
    root.replaceChildren(this.status, this.path, this.search, this.none, this.list);
  }

  update(data, send) {
    this.send = send;
    this.data = data;
    this.heard = data.heard >= this.sent;
    const signature = JSON.stringify(data.cards.map(({ codes, edges, bars, range, chosen, keep, ...shape }) => shape));
    if (signature !== this.signature) this.build();
    this.signature = signature;
    const codes = data.cards.map((card) => card.codes).join();
    if (codes !== this.codes) {
      this.facets = new Facets(data.cards.map((card) => decoded(card.codes)), data.n);
      this.codes = codes;
    }
    this.cards.forEach((card, i) => {
      card.data = data.cards[i];
      if (this.heard) card.chosen = card.read(card.data);
    });
    this.paint();
  }

  build() {
    const { words, cards, study } = this.data;
    if (recent.study !== study) Object.assign(recent, { study, keys: [] });
    this.cards = cards.map((card) => (card.levels ? new Levels(card, this) : new Numeric(card, this)));
    const first = [...recent.keys, ...cards.filter((card) => card.chosen?.length || card.range).map(({ key }) => key)];
    const used = [...new Set(first)].map((key) => this.cards.find((card) => card.data.key === key)).filter(Boolean);
    const rest = this.cards.filter((card) => !used.includes(card));
    const sections = new Map(used.length ? [[words.recent, used]] : []);
    for (const card of rest) {
      const title = card.data.section;
      sections.set(title, [...(sections.get(title) ?? []), card]);
    }
    this.sections = [...sections].map(([title, inside]) => {
      const node = element("section", {}, element("h2", {}, title),
        element("div", { class: "grid" }, ...inside.map((card) => this.framed(card)))); // prettier-ignore
      return { node, inside };
    });
    this.list.replaceChildren(...this.sections.map(({ node }) => node));
    this.find();
  }

  framed(card) {
    const { words } = this.data;
    card.clear = element("button", { type: "button", class: "clear", "aria-label": fill(words.clear, card.data) }, "✕");
    card.clear.addEventListener("click", () => this.choose(card, null));
    const head = element("div", { class: "head" }, element("h3", {}, card.data.label), card.clear);
    card.frame = element("div", { class: "card", role: "group", "aria-label": card.data.label,
      "data-card": card.data.key }, head, card.body); // prettier-ignore
    return card.frame;
  }

  find() {
    const asked = this.search.value.trim().toLowerCase();
    let found = 0;
    for (const { node, inside } of this.sections) {
      const there = inside.filter(({ data, frame }) => {
        const names = [data.label, data.section, ...(data.levels ?? []).map(({ label }) => label)];
        frame.hidden = !names.some((name) => name.toLowerCase().includes(asked));
        return !frame.hidden;
      });
      node.hidden = !there.length;
      found += there.length;
    }
    this.none.hidden = found > 0;
  }

  // Counted at once; nothing is sent.
  preview(card, chosen) {
    card.chosen = chosen;
    this.sent = Infinity; // what the server says meanwhile is older than this
    this.paint();
  }

  choose(card, chosen) {
    card.chosen = chosen;
    this.sent = Date.now();
    this.heard = false;
    recent.keys = [card.data.key, ...recent.keys.filter((key) => key !== card.data.key)];
    this.paint();
    this.send({ at: this.sent, texts: Object.assign({}, ...this.cards.map((one) => one.texts())) });
  }

  paint() {
    this.cards.forEach((card, v) => {
      const pass = card.pass();
      if (pass) this.facets.keep(v, pass);
    });
    const { words } = this.data;
    this.cards.forEach((card, v) => {
      card.paint(this.facets.counts[v], this.facets.all[v], words);
      card.clear.hidden = !card.chosen;
      card.frame.classList.toggle("used", Boolean(card.chosen));
    });
    this.steps();
  }

  // What each condition costs, in order; of nobody, which one left nobody, and the way back.
  steps() {
    const { words, n } = this.data;
    const used = this.cards.flatMap((card, v) => (card.chosen ? [{ card, v }] : []));
    const left = this.facets.left(used.map(({ v }) => v));
    const before = (i) => (i ? left[i - 1] : n);
    const people = (count) => fill(count === 1 ? words.one : words.many, { n: grouped(count) });
    const drop = (card, text) => {
      const button = element("button", { type: "button", "data-drop": card.data.key,
        "aria-label": fill(words.drop, { sentence: card.sentence(words) }) }, text); // prettier-ignore
      button.addEventListener("click", () => this.choose(card, null));
      return button;
    };
    const steps = used.map(({ card }, i) =>
      element("li", {}, element("span", {}, card.sentence(words)), element("b", {}, grouped(left[i])),
        element("span", { class: "lost" }, `−${grouped(before(i) - left[i])}`), drop(card, "✕")),
    ); // prettier-ignore
    const focus = this.path.getRootNode().activeElement?.dataset?.drop;
    this.path.replaceChildren(element("li", {}, element("b", {}, people(n))), ...steps);
    if (focus) this.path.querySelector(`[data-drop="${CSS.escape(focus)}"]`)?.focus();
    const empty = left.indexOf(0);
    const text = this.facets.kept || !used.length
      ? fill(words.left, { n: grouped(this.facets.kept), all: people(n) })
      : fill(words.nobody, { sentence: used[empty].card.sentence(words), patients: people(before(empty)) }); // prettier-ignore
    if (this.status.dataset.said === text) return;
    this.status.dataset.said = text;
    this.status.classList.toggle("nobody", empty >= 0);
    this.status.replaceChildren(element("span", {}, text), ...(empty < 0 ? [] : [drop(used[empty].card, words.undo)]));
  }
}

function decoded(text) {
  return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
}

const shown = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".cohort-cards");
  const cards = shown.get(root) ?? new Cards(root, data);
  shown.set(root, cards);
  cards.update(data, (choice) => setTriggerValue("chosen", choice));
}
