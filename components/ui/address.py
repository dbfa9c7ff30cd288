"""The address of the page: all that is chosen stands in it, and every view is restored from it.

The session keeps the address it shows. A choice changes it, and so does whatever leads to another view: a link, the
menu, a step of the presentation. The browser's own address only follows, except where the browser leads: when a session
begins, and with Back and Forward. Widgets hold what the address says, whatever they held before.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import streamlit as st

from components.links.address import Address, arrived, parsed, settled
from components.links.asked import PageContext, kept_control
from components.links.control_types import Control, KeptChoice, MultipleChoice, SingleChoice, Value
from components.links.page import Page
from components.links.view import DATA, View
from components.ui.streamlit_internals import back_or_forward, page_asked
from data.dictionary import Dictionary

ADDRESS, VIEW, TOLD = "address", "view of the address", "address given to the browser"
PAGES = "addresses of pages by what a browser asks for"
WAY, ASKED_FOR = "way to the page that the browser was sent to", "run that the session asked for"
"""The second is set while the next run of the session's page is one that no browser has asked for."""

Query = Mapping[str, Sequence[str]]

NAMED = "data named in the address"
KEPT_CHOICE = "control of the kept cohorts"
UNDONE, DONE = "addresses to redo", "addresses to undo"
MOST_STEPS = 100


@dataclass(frozen=True)
class Way:
    """The way to the file ``onward``, on which the session has sent a browser that has not been heard from there.

    ``pages`` are those that it may still show, and ``queries`` what their addresses may say.
    """

    onward: str = ""
    pages: tuple[str, ...] = ()
    queries: tuple[Query, ...] = ()


_steps = st.components.v2.component(
    "address_steps",
    html="<span></span>",
    js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"),
)


def overtaken(page: str | None = None) -> bool:
    """Whether this run, which is of ``page``, was asked for on a page that the session had already left for another.

    Before a page runs, in the callback of a widget, Streamlit alone knows of which it is. Once it runs Streamlit is not
    asked: the run before, which is told to stop, may still write over what a session has of the page.

    A browser sent to another page is there only a moment later. What a visitor does until then comes with the page and
    the query of the page that was left, and a page restored from both would be one page with the view of the other.
    However long it takes: what a browser sends arrives in order, so the moment is over when something comes from the
    page it was sent to.
    """
    kept, way = now_or_none(), _way()
    asked = page or st.session_state.get(PAGES, {}).get(page_asked())
    if kept is None or asked == kept.page or back_or_forward():
        return False
    shown = _shown()
    return bool(shown) and asked in way.pages and shown in way.queries


def lead_on() -> None:
    """Send the browser once more where the session has gone."""
    _send(_way().onward, _shown())


def again() -> None:
    """Run the page once more, from the session's address."""
    st.session_state[ASKED_FOR] = True
    st.rerun()


def _send(file: str, query: Query) -> None:
    """To another page; with the parts it already shows the browser adds no step of its own for the page left."""
    st.session_state[ASKED_FOR] = True
    _told(query)
    st.switch_page(file, query_params=dict(query))


def _told(query: Query) -> None:
    way = _way()
    if query not in way.queries:
        st.session_state[WAY] = replace(way, queries=(*way.queries, query))


def _way() -> Way:
    way: Way = st.session_state.get(WAY, Way())
    return way


def _shown() -> dict[str, list[str]]:
    """What the browser's address says."""
    return {key: st.query_params.get_all(key) for key in st.query_params}


def restore(page: Page, ground: PageContext) -> View:
    """The view that is asked for; called before any widget is drawn, it makes the browser's address say so."""
    shown = _shown()
    kept: Address | None = st.session_state.get(ADDRESS)
    if not st.session_state.pop(ASKED_FOR, False):
        st.session_state[WAY] = Way(queries=(shown,))
    if kept is None or back_or_forward():
        before, kept = kept, arrived(page.address, shown, ground)
        if before is not None:
            _travelled(before, kept)
    elif kept.page != page.address:
        kept = arrived(page.address, shown, ground, kept.onward(page.address, ground.whole.dictionary))
    address, view = settled(kept, ground)
    st.session_state[ADDRESS], st.session_state[VIEW] = address, view
    st.session_state[KEPT_CHOICE] = kept_control(ground)
    _tell(address.parts, shown)
    with st.sidebar:
        _steps(key="address-steps", data={})
    return view


def data_asked() -> str | None:
    """Which data the browser's address names, where the browser leads (blank for none); else None."""
    if st.session_state.get(ADDRESS) is not None and not back_or_forward():
        return None
    return str(st.query_params.get(DATA, ""))


def name_data(name: str) -> None:
    """From now on the address of every page names these data; blank for none."""
    st.session_state[NAMED] = name


def name_now() -> None:
    """Make the browser's address name the data at once, of a page that is not restored."""
    shown = _shown()
    _tell(shown, shown)
    _steps(key="address-steps", data={})


def _tell(parts: Mapping[str, list[str]], shown: Mapping[str, list[str]]) -> None:
    name = st.session_state.get(NAMED, "")
    told = {**parts, **({DATA: [name]} if name else {})}
    if told != shown or told != st.session_state.get(TOLD, shown):  # the browser may not yet have heard of the last one
        st.query_params.from_dict(told)
        _told(told)
    st.session_state[TOLD] = told


def now() -> Address:
    """The address of the page that runs, or ran last."""
    address: Address = st.session_state[ADDRESS]
    return address


def now_or_none() -> Address | None:
    """The same, or None where no page has been restored yet."""
    kept: Address | None = st.session_state.get(ADDRESS)
    return kept


def view() -> View:
    """The view that the page shows."""
    shown: View = st.session_state[VIEW]
    return shown


def hold(control: Control) -> None:
    """Have the widget of ``control`` hold what the address says; called just before it is drawn."""
    value = view().values.get(control.key, control.default)
    held: object = list(value) if isinstance(control, MultipleChoice) else value  # type: ignore[arg-type]
    if isinstance(control, SingleChoice) and control.look.widget == "tabs":
        held = control.labels[str(value)]  # Streamlit's tabs hold what they show
    if control.key not in st.session_state or st.session_state[control.key] != held:
        st.session_state[control.key] = held


def choose(control: Control, value: Value) -> None:
    """A choice was made; for a widget's ``on_change``."""
    turn_to(now().chosen(control, value))


def forget(keys: Collection[str]) -> None:
    """Ask nothing under these keys; for a button's ``on_click``."""
    turn_to(now().without(keys))


def ask(choices: Mapping[str, str]) -> None:
    """Make these choices of the page and show it again."""
    turn_to(now().asking({key: (text,) for key, text in choices.items()}))
    again()


def turn_to(address: Address) -> None:
    """Show another address from now on, as a step that can be undone."""
    if address != now():
        st.session_state[DONE] = (*st.session_state.get(DONE, ()), now())[-MOST_STEPS:]
        st.session_state[UNDONE] = ()
    st.session_state[ADDRESS] = address


def kept_choice() -> KeptChoice:
    """The control of kept cohorts of the page that runs, or ran last."""
    control: KeptChoice = st.session_state[KEPT_CHOICE]
    return control


def can_undo() -> bool:
    """Whether a choice was made that has not been undone."""
    return bool(st.session_state.get(DONE))


def can_redo() -> bool:
    """Whether a choice was undone, and none was made since."""
    return bool(st.session_state.get(UNDONE))


def undo(files: Mapping[str, str]) -> None:
    """Show what was shown before the last choice; ``files`` are those of pages by their address."""
    _step(DONE, UNDONE, files)


def redo(files: Mapping[str, str]) -> None:
    """Show what was shown before the last undoing."""
    _step(UNDONE, DONE, files)


def _step(source: str, target: str, files: Mapping[str, str]) -> None:
    *rest, to = st.session_state[source]
    st.session_state[source], st.session_state[target] = tuple(rest), (*st.session_state.get(target, ()), now())
    if to.page == now().page or to.page in files:
        _leave(files.get(to.page, ""), to)


def _travelled(before: Address, here: Address) -> None:
    """Back over a choice undoes it and Forward redoes it; any other way is a step that can be undone."""

    def same(one: Address) -> bool:
        return (one.page, dict(one.asked)) == (here.page, dict(here.asked))

    done, undone = (st.session_state.get(key, ()) for key in (DONE, UNDONE))
    if done and same(done[-1]):
        st.session_state[DONE], st.session_state[UNDONE] = done[:-1], (*undone, before)
    elif undone and same(undone[-1]):
        st.session_state[DONE], st.session_state[UNDONE] = (*done, before), undone[:-1]


def understood() -> None:
    """What was said about the link has been read: it leaves the address."""
    st.session_state[ADDRESS] = replace(now(), remarks={})


def show_alone(panel: str) -> None:
    """Show a panel of the page alone; blank for the whole page."""
    st.session_state[ADDRESS] = replace(now(), panel=panel)


def begin_anew(keys: Collection[str], kept: Address | None) -> None:
    """Forget the session's address but for what ``kept`` asks under ``keys``; without one the browser's holds."""
    if kept is None:
        return
    st.session_state[ADDRESS] = Address(kept.page, {key: kept.asked[key] for key in keys if key in kept.asked})


def go(file: str, dictionary: Dictionary, choices: Mapping[str, str]) -> None:
    """To another page, where ``choices`` are made; the filter, the conventions and what is compared by go along."""
    onward = now().onward(Path(file).stem, dictionary)
    _leave(file, onward.asking({key: (text,) for key, text in choices.items()}))


def go_to_view(file: str, query: str, panel: str) -> None:
    """To a view kept as its link, with nothing of the view shown now; ``panel`` alone."""
    _leave(file, Address(Path(file).stem, parsed(query), panel=panel))


def _leave(file: str, address: Address) -> None:
    shown: Query = st.session_state.get(TOLD, {})
    left = now().page
    st.session_state[ADDRESS] = address
    if address.page == left:
        again()
    way = _way()
    st.session_state[WAY] = replace(way, onward=file, pages=(*way.pages, left))
    _send(file, shown)
