"""A visitor who does anything at all, and after each step another who opens the same address: both must see the same.

    python -m tests.browser.walk --steps 200 [--seed 7] [--own] [--folder ../other/version]

walks by hand, prints its seed, each step and each difference, and how many there were. What a session holds beside its
address (the slides collected, an own cohort) is compared with a visitor who has collected or opened the same, and has
made no other choice: every view is restored there from its address, as Back and Forward do.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from pathlib import Path
from random import Random
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Browser, Error, FilePayload, Locator, Page, ViewportSize, sync_playwright

from app import PAGES as MENU
from components.core import control_words
from components.core.page_words import RESET
from components.export.collection_words import ADD
from components.links import page_input
from components.links.control_types import Control, MultipleChoice, SingleChoice, Value
from components.links.view import answered, read
from components.own_cohort.words import OPEN
from components.ui.stage_words import PRESENT
from data.cohort import Cohort
from data.filters import KEEP_MISSING
from data.reading.read import opened, reconstructed_cohort
from data.recorded import with_recorded_variables
from tests.browser.own_files import odd_files
from tests.browser.seen import IN_MENU, SEEN
from tests.browser.visit import ROOT, idle, served
from tests.links.answers import anything

FLAGS = ["--no-sandbox", "--disable-gpu", "--force-color-profile=srgb"]
WIDE = ViewportSize(width=1440, height=900)
ADDRESSES = {entry.address: entry for entry in MENU if entry.exists}
OF_THE_SESSION = {"presentation", "looks"}
"""Pages that show what a session has collected, or looked at."""

OF_ALL_LOOKED_AT = {"looks"}
"""Pages that show all that a session has looked at on its way: nobody else has come the same way."""

OF_WHAT_WAS_BEFORE = ("narrow", "narrow", "methods", "methods", "methods", "presentation")
"""Pages that show what was done before: visited more often than others."""

SLIDES = "kept"
"""The part of what is seen that shows the slides collected, on whatever page."""

RESTORE = """(address) => {
  history.pushState({}, '', address);
  dispatchEvent(new PopStateEvent('popstate'));
}"""
RUNS = "() => document.querySelector('[data-testid=stApp]')?.dataset.testScriptState !== 'notRunning'"
KEY = "(node) => [...node.closest('[class*=st-key-]').classList].find((name) => name.startsWith('st-key-'))"
MENUS_EVERY = 5
MENUS = (control_words.DISPLAY, control_words.CONVENTIONS)


class Walk:
    """The visitor and the others. ``step`` does something and gives back what it was.

    ``files`` are those of an own cohort, which both visitors then open; nobody else can open its addresses.
    """

    def __init__(self, browser: Browser, address: str, seed: str, files: Mapping[str, bytes] | None = None) -> None:
        self.chance, self.base = Random(seed), address  # noqa: S311 - no secret
        self.study = _read(files) if files else reconstructed_cohort()
        self.known = self.study.dictionary.conditions
        self.pages = [browser.new_context(viewport=WIDE, reduced_motion="reduce").new_page() for _ in range(3)]
        for page in self.pages:
            page.set_default_timeout(3_000)
            page.set_default_navigation_timeout(60_000)
        self.live, self.fresh, self.alike = self.pages
        self.own, self.clicked, self.asked = bool(files), "", ""
        self.unasked: list[str] = []
        for page in (self.live, self.alike):
            page.goto(f"{address}/survival")
            idle(page)
            if files:
                open_cohort(page, files)

    def close(self) -> None:
        """All visitors leave."""
        for page in self.pages:
            page.context.close()

    def step(self) -> str:
        """One thing a visitor can do; tried until something can be done."""
        for _ in range(40):
            self.asked, before = "", self.live.url
            with suppress(Error):
                if done := self._something():
                    self._settle()
                    self.unasked = self._unasked(before)
                    return done
            self._settle()
        message = f"nothing could be done on {self.live.url}"
        raise RuntimeError(message)

    def differences(self, *, menus: bool = False) -> list[str]:
        """What the visitors see differently: the part, what the first sees, what the other sees.

        With ``menus`` also what stands in the menus that open with a click.
        """
        address, found = self.live.url, list(self.unasked)
        if self.clicked:
            self._restore(address)
            self.alike.locator(f".{self.clicked}").get_by_role("button").first.click()
            self._rest(self.alike)
            self.clicked, alike = "", True
        else:
            alike = self.own or self._on_stage or self._page() in OF_THE_SESSION
        if not self.own and self._page() not in OF_THE_SESSION:
            self.fresh.goto(address)
            self._rest(self.fresh)
            found += self._apart(self.fresh, {SLIDES}, menus=menus)
        if alike and self._page() not in OF_ALL_LOOKED_AT:
            self._restore(address)
            found += [f"restored, {one}" for one in self._apart(self.alike, set(), menus=menus and self.own)]
        return found

    def _unasked(self, before: str) -> list[str]:
        """What the address says otherwise than ``before`` although a choice was made of something else."""
        if not self.asked or urlsplit(before).path != urlsplit(self.live.url).path:
            return []
        was, now = (parse_qs(urlsplit(url).query, keep_blank_values=True) for url in (before, self.live.url))
        changed = [f"{key}={now[key]}" for key in now if key != self.asked and now[key] != was.get(key)]
        return [f"not asked for: {', '.join(changed)}"] if changed else []

    def _restore(self, address: str) -> None:
        """The visitor who has collected or opened the same comes to this address."""
        self.alike.evaluate(RESTORE, address)
        with suppress(Error):  # where the address is the same nothing runs
            self.alike.wait_for_function(RUNS, timeout=1_500)
        self._rest(self.alike)

    def _apart(self, other: Page, but: Collection[str], *, menus: bool) -> list[str]:
        """The differences that stay: a figure or a table may be drawn a moment later than the page has come to rest."""
        keys = [key for key in parse_qs(urlsplit(self.live.url).query) if key in self.known]
        found: list[str] = []
        for patience in (0, 700, 1500):
            for page in (self.live, other):
                page.wait_for_timeout(patience)
            one, two = (page.evaluate(SEEN, keys) for page in (self.live, other))
            found = [
                f"{part}: {_apart(one[part], two[part])}" for part in one if part not in but and one[part] != two[part]
            ]
            if self.live.url != other.url:
                found.append(f"address: {self.live.url} {other.url}")
            if not found:
                break
        if menus and not self._on_stage:
            first, second = (_in_menus(page) for page in (self.live, other))
            found += [] if first == second else [f"menus: {_apart(first, second)}"]
        return found

    def _page(self) -> str:
        return urlsplit(self.live.url).path.strip("/") or MENU[0].address

    @property
    def _on_stage(self) -> bool:
        return "present" in parse_qs(urlsplit(self.live.url).query)

    def _settle(self) -> None:
        self.live.mouse.move(2, 2)
        self._rest(self.live)

    def _rest(self, page: Page) -> None:
        page.wait_for_timeout(250)
        idle(page)
        if "present=" in page.url:
            page.wait_for_timeout(350)
            idle(page)

    def _something(self) -> str:
        if self._on_stage:
            act = self.chance.choices([self._key, self._back], [8, 1])[0]
        else:
            ways: dict[Callable[[], str], int] = {
                self._choose: 24, self._go: 7, self._back: 4, self._collect: 5, self._present: 3, self._reset: 2,
                self._order: 24, self._card: 24,
            }  # fmt: skip
            act = self.chance.choices(list(ways), list(ways.values()))[0]
        return act()

    # What a visitor does

    def _key(self) -> str:
        key = self.chance.choices(["ArrowRight", "ArrowLeft", "Home", "End", "Escape"], [6, 4, 1, 1, 2])[0]
        self.live.keyboard.press(key)
        return f"key {key}"

    def _back(self) -> str:
        which = self.chance.choice(["back", "back", "forward"])
        before = self.live.url
        self.live.evaluate(f"history.{which}()")
        self.live.wait_for_timeout(300)
        if not self.live.url.startswith(self.base):
            self.live.goto(before)
        return f"{which} to {self.live.url.removeprefix(self.base)}"

    def _go(self) -> str:
        page = self.chance.choice([*ADDRESSES.values(), *(ADDRESSES[page] for page in OF_WHAT_WAS_BEFORE)])
        link = self.live.locator("[data-testid=stTopNavLink], [data-testid=stTopNavDropdownLink]").filter(
            has_text=page.title
        )
        for section in self.live.get_by_test_id("stTopNavSection").all():
            if not link.count():
                section.click()
                self.live.wait_for_timeout(200)
        if not link.count():
            return ""
        link.first.click()
        self.live.wait_for_timeout(300)
        return f"page {page.title}"

    def _collect(self) -> str:
        buttons = self.live.get_by_role("button", name=ADD, exact=False).all()
        if not buttons:
            return ""
        button = self.chance.choice(buttons)
        key = button.evaluate(KEY)
        button.click()
        self.clicked = key
        return "add to slides"

    def _order(self) -> str:
        """A slide moved or removed, on the page that shows them."""
        buttons = self.live.locator("[class*=st-key-slide-] button:not([disabled])").all()
        if not buttons:
            return ""
        button = self.chance.choice(buttons)
        key = button.evaluate(KEY)
        button.click()
        self.clicked = key
        return str(key)

    def _card(self) -> str:
        """A bar, a cross, the end of a range or a range drawn, on the page that has a card of each variable."""
        found = self.live.locator("[data-card] button:enabled:visible, [data-card] svg, [data-card] input").all()
        if not found:
            return ""
        place = self.chance.choice(found)
        if place.evaluate("(node) => node.tagName") == "INPUT":
            place.fill(str(self.chance.randint(0, 120)))
            place.press("Enter")
            return "card, a typed end"
        box = place.bounding_box()
        if box is None or box["height"] < 50:
            place.click()
            return "card, a bar"
        place.scroll_into_view_if_needed()
        box = place.bounding_box() or box
        ends = sorted(self.chance.random() for _ in range(2))
        self.live.mouse.move(box["x"] + ends[0] * box["width"], box["y"] + 30)
        self.live.mouse.down()
        self.live.mouse.move(box["x"] + ends[1] * box["width"], box["y"] + 30, steps=4)
        self.live.mouse.up()
        return "card, a range"

    def _present(self) -> str:
        button = self.live.locator(".st-key-question").get_by_role("button", name=PRESENT, exact=True)
        if not button.count():
            return ""
        button.click()
        self.live.wait_for_selector(".st-key-stage")
        return "present"

    def _reset(self) -> str:
        chips = self.live.locator(".st-key-chips button, [class*=st-key-keep] button, .st-key-kept-rows button").all()
        if chips and self.chance.random() < 0.5:
            self.chance.choice(chips).click()
            return "chip"
        self.live.get_by_role("button", name=RESET).click()
        return "show all"

    def _choose(self) -> str:
        controls = self._controls()
        own = [pair for pair in controls if pair[0].key.removesuffix(KEEP_MISSING) not in self.known]
        few = [pair for pair in controls if pair not in own]
        control, now = self.chance.choice(own if own and self.chance.random() < 0.5 else few)
        widget = self._widget(control)
        if widget is None:
            return ""
        self.asked = control.key
        done = _Hand(self.live, self.chance).set(widget, control, now)
        if not self._on_stage:
            self.live.keyboard.press("Escape")
        return f"{control.key} {done}" if done else ""

    def _controls(self) -> list[tuple[Control, Value]]:
        """The controls of the page shown, with what its address says of each."""
        page = self._page()
        entry = ADDRESSES[page]
        ground = page_input.ground(self.study, entry, single=not self.own)
        values = read(page, urlsplit(self.live.url).query, ground).view.values
        found: list[tuple[Control, Value]] = []

        def told(control: Control) -> Value:
            found.append((control, values.get(control.key, control.default)))
            return found[-1][1]

        answered(page, ground, told)
        return found

    def _widget(self, control: Control) -> Locator | None:
        """Where the control is drawn, after opening what it may be folded into."""
        widget = self.live.locator(f".st-key-{control.key}:visible")
        if widget.count():
            return widget.first
        if control.key.removesuffix(KEEP_MISSING) in self.known:
            return None  # chosen on the cards
        folds = (self.live.get_by_test_id("stPopover").get_by_role("button", name=name) for name in MENUS)
        for fold in folds:
            if fold.count():
                fold.first.click()
                self.live.wait_for_timeout(400)
                idle(self.live)
                if widget.count():
                    return widget.first
                self.live.keyboard.press("Escape")
        return None


class _Hand:
    """Sets a widget to anything, whatever kind of widget it is."""

    def __init__(self, page: Page, chance: Random) -> None:
        self.page, self.chance = page, chance

    def set(self, widget: Locator, control: Control, now: Value) -> str:
        if tabs := widget.get_by_role("tab").all():  # whose container holds the widgets of the page as well
            return self._click(tabs)
        if (thumbs := widget.get_by_role("slider")).count():
            thumb, key = self.chance.choice(thumbs.all()), self.chance.choice(["ArrowLeft", "ArrowRight"])
            for _ in range(self.chance.randint(1, 12)):
                thumb.press(key)
            return f"slid {key}"
        if (boxes := widget.get_by_role("combobox")).count():
            return self._pick(boxes.first, control, now)
        if (number := widget.locator("input[type=number]")).count():
            number.fill(str(anything(control, self.chance)))
            number.press("Enter")
            return f"= {number.input_value()}"
        if widget.locator("input[type=checkbox]").count():
            widget.locator("label").first.click()
            return "switched"
        return self._click(widget.get_by_test_id("stButtonGroup").locator("button").all())

    def _click(self, buttons: list[Locator]) -> str:
        if not buttons:
            return ""
        button = self.chance.choice(buttons)
        name = button.inner_text()
        button.click()
        return name

    def _pick(self, box: Locator, control: Control, now: Value) -> str:
        box.click()
        self.page.wait_for_timeout(150)
        rows = self.page.get_by_role("option")
        names = [row.inner_text() for row in rows.all()]
        held = control.labels.get(str(now), now) if isinstance(control, SingleChoice) else now
        free = [i for i, name in enumerate(names) if name != held and name.lower() != "select all"]
        if not free or (isinstance(control, MultipleChoice) and now and self.chance.random() < 0.3):
            self.page.keyboard.press("Escape")
            box.press("Backspace")
            return "one less"
        i = self.chance.choice(free)
        rows.nth(i).click()
        return names[i]


def open_cohort(page: Page, files: Mapping[str, bytes]) -> None:
    """Open an own cohort of these tables."""
    page.get_by_test_id("stTopNavSection").filter(has_text="Tools").click()
    page.get_by_test_id("stTopNavDropdownLink").filter(has_text="Open a cohort").click()
    page.wait_for_timeout(300)
    idle(page)
    page.locator("input[type=file]").set_input_files(
        [FilePayload(name=f"{name}.csv", mimeType="text/csv", buffer=content) for name, content in files.items()]
    )
    page.get_by_role("button", name=OPEN).click(timeout=30_000)
    page.wait_for_timeout(300)
    idle(page)


def _read(files: Mapping[str, bytes]) -> Cohort:
    content = {f"{name}.csv": text for name, text in files.items()}
    found = opened(content, added=opened(content).variables).cohort
    assert found is not None, "an own cohort that is opened"
    return with_recorded_variables(found)


def _in_menus(page: Page) -> list[object]:
    """What stands in the menus that a click opens; they are closed again."""
    found: list[object] = []
    body = page.get_by_test_id("stPopoverBody")
    for name in MENUS:
        for menu in page.get_by_test_id("stPopover").get_by_role("button", name=name).all():
            if menu.is_visible():
                if body.count():  # left open by what was done last
                    page.keyboard.press("Escape")
                    body.first.wait_for(state="detached")
                menu.click()
                body.first.wait_for()
                idle(page)
                found.append([name, body.last.evaluate(IN_MENU)])
                page.keyboard.press("Escape")
                body.first.wait_for(state="detached")
    return found


def _apart(first: object, second: object) -> str:
    """Where two things first differ, in short."""
    if isinstance(first, list) and isinstance(second, list):
        if len(first) != len(second):
            return f"{len(first)} against {len(second)}"
        apart = [(one, two) for one, two in zip(first, second, strict=True) if one != two]
        return f"{len(apart)} of {len(first)}, first {_apart(*apart[0])}"
    one, two = str(first), str(second)
    start = next((i for i, pair in enumerate(zip(one, two, strict=False)) if pair[0] != pair[1]), 0)
    return f"{one[max(0, start - 30) : start + 70]!r} against {two[max(0, start - 30) : start + 70]!r}"


def walked(
    browser: Browser,
    address: str,
    steps: int,
    seed: str,
    say: Callable[[str], None] = print,
    files: Mapping[str, bytes] | None = None,
) -> list[str]:
    """Every difference of a walk of so many steps, with the steps just before it; of an own cohort given ``files``."""
    walk = Walk(browser, address, seed, files)
    done: list[str] = []
    found: list[str] = []
    try:
        for number in range(1, steps + 1):
            done.append(walk.step())
            apart = walk.differences(menus=number % MENUS_EVERY == 0)
            say(f"{number} {done[-1]} -> {walk.live.url.removeprefix(address)}")
            for difference in apart:
                say(f"    DIFFERENT {difference}")
            if apart:
                found.append(f"step {number}, {walk.live.url}, after {done[-5:]}: {apart}")
    finally:
        walk.close()
    return found


def main() -> None:
    """Walk by hand."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--steps", type=int, default=200)
    options.add_argument("--seed", default=str(Random().randrange(10**6)))  # noqa: S311 - no secret
    options.add_argument("--folder", type=Path, default=ROOT, help="of the version whose dashboard is walked through")
    options.add_argument("--own", action="store_true", help="with an own cohort open, whose names are odd")
    options.add_argument("--port", type=int, default=0)
    chosen = options.parse_args()
    sys.stdout.write(f"seed {chosen.seed}\n")
    with (
        tempfile.TemporaryDirectory() as folder,
        served("app.py", Path(folder) / "server.log", root=chosen.folder, port=chosen.port) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        files = odd_files() if chosen.own else None
        found = walked(browser, address, chosen.steps, chosen.seed, lambda line: print(line, flush=True), files)  # noqa: T201
        log = (Path(folder) / "server.log").read_text(encoding="utf-8")
    sys.stdout.write(
        f"seed {chosen.seed}: {len(found)} of {chosen.steps} steps showed something else than their address\n"
    )
    sys.stdout.write(f"{log.count('Traceback')} tracebacks\n")


if __name__ == "__main__":
    main()
