"""What a visitor sees of a page, read in the browser: views are compared by this."""

from __future__ import annotations

SEEN = """(keys) => {
  const main = document.querySelector('[data-testid=stMainBlockContainer]');
  const side = document.querySelector('[data-testid=stSidebar]');
  const words = (node) => node.textContent.trim();
  const slides = '[data-testid=stPageLink] a[href$="presentation"], .myo-foot span + span';
  const elsewhere = 'svg, [data-testid=stDataFrame]';  // read below
  const menus = '[data-testid=stPopoverBody], [data-testid=stPopover] [data-testid=stIconMaterial]';  // open or not
  const passing = `.hoverlayer, style, [role=listbox], ${menus}`;
  const read = (node, off) => {
    const text = node?.cloneNode(true);
    text?.querySelectorAll(`${off}, ${elsewhere}, ${passing}`).forEach((part) => part.remove());
    return text?.textContent.replace(/\\s+/g, ' ') ?? '';
  };
  const plots = [...main.querySelectorAll('.live-plot')].filter((plot) => plot.offsetWidth);
  const inner = [...main.querySelectorAll('*')].map((node) => node.shadowRoot).filter((root) => root);
  const held = (key) => [...document.querySelectorAll(`[data-testid=stSidebar] .st-key-${key}`)].map((widget) => [
    ...[...widget.querySelectorAll('[aria-checked=true], [aria-pressed=true], [data-baseweb=tag]')].map(words),
    ...[...widget.querySelectorAll('[role=slider]')].map((thumb) => thumb.getAttribute('aria-valuenow'))]);
  return {
    title: document.title,
    text: read(main, slides),
    side: read(side, '.st-key-looks'),  // but what was looked at before
    kept: [...main.querySelectorAll(slides)].map(words),
    cells: [...main.querySelectorAll('td, th')].map(words),
    choices: [...main.querySelectorAll('input')].map((input) => input.value || String(input.checked)),
    pressed: [...main.querySelectorAll('[aria-checked=true], [aria-pressed=true], [aria-selected=true]')].map(words),
    filter: keys.map((key) => [key, ...held(key)]),
    cards: inner.flatMap((root) => [...root.querySelectorAll('[data-card]')].map((card) => [card.dataset.card,
      words(card), [...card.querySelectorAll('[aria-pressed=true]')].map(words),
      [...card.querySelectorAll('input')].map((input) => input.value)])).sort(),
    steps: inner.flatMap((root) => [...root.querySelectorAll('.path li, .status')].map(words)),
    copied: inner.flatMap((root) => [...root.querySelectorAll('[data-query]')].map((link) => link.dataset.query)),
    figures: plots.map((plot) => plot.getAttribute('aria-label')),
    drawn: plots.map((plot) => [...plot.querySelectorAll('text, .words > *')]
      .filter((text) => !text.closest('.hoverlayer')).map(words)),
    traces: plots.map((plot) => plot.data.map(({ uid, x, y, z, visible }) => [uid, x, y, z, visible ?? true])),
    axes: plots.map((plot) => Object.keys(plot._fullLayout).filter((key) => /^[xy]axis\\d*$/.test(key)).sort()
      .map((key) => [key, plot._fullLayout[key].range])),
  };
}"""
IN_MENU = """(menu) => [menu.textContent.trim(),
  ...[...menu.querySelectorAll('input')].map((input) => input.value || String(input.checked)),
  ...[...menu.querySelectorAll('[aria-checked=true], [aria-pressed=true]')].map((one) => one.textContent)]"""
