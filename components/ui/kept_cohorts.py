"""Kept cohorts on the screen: kept from the cohort bar, and as rows in the sidebar to show, name, order and remove.

They stand in the address, so that links, Back and Forward, the stage and a reload hold them; the names that a visitor
gives to cohorts of his own patients stay in the session.
"""

from __future__ import annotations

import streamlit as st

from components.chart.colours import colour, places
from components.core import kept_words as words
from components.links.comparison import Chosen
from components.links.control_types import KeptChoice
from components.links.page_controls import BY, Made
from components.links.page_input import PageInput
from components.ui import address, escaped
from components.ui.kept_names import name, names
from data import kept_cohorts as kept
from data.cohort import Cohort
from data.dictionary import Dictionary
from data.filters import KEEP_MISSING, filter_from_query
from data.kept_cohorts import KeptCohort
from data.levels import Level

STYLE = """
<style>
.st-key-kept-rows [data-testid=stHorizontalBlock] {flex-wrap: nowrap; gap: 0.4rem}
.st-key-kept-rows [data-testid=stHorizontalBlock] > :has(> [data-testid=stButton]) {flex: 1 1 auto; min-width: 0}
.st-key-kept-rows [data-testid=stHorizontalBlock] > * {min-width: 0}
.st-key-kept-rows [data-testid=stButton] button {max-width: 100%; justify-content: flex-start}
.st-key-kept-rows [data-testid=stPopover] button {padding: 0 0.4rem}
</style>
"""
"""A kept cohort in one line: its colour, its name as far as there is room, and its menu."""

TURN, PROBLEMS = "round of opening kept cohorts", "what a file of kept cohorts lacks"


def draw_kept(cohort: Cohort, chosen: Chosen) -> None:
    """The rows of the sidebar, and the file they are saved to and opened from; nothing where none is kept."""
    with st.sidebar:
        if chosen.kept:
            escaped.subheader(words.KEPT)
        if chosen.kept:
            st.html(STYLE)
        with st.container(key="kept-rows", gap="small"):
            for place, one in enumerate(chosen.kept):
                _row(cohort, one, place, len(chosen.kept), filtered=bool(chosen.filter.parts))
        if len(chosen.kept) == 1:
            escaped.caption(words.HINT)
        if len(chosen.kept) > 1:
            escaped.button(words.COMPARE, key="kept-compare", on_click=_compare, icon=":material/compare_arrows:",
                           width="stretch")  # fmt: skip
        _file(chosen)


def keep_buttons(ready: PageInput) -> None:
    """Beside the conditions: what keeps them; why not, where they cannot be kept."""
    there = ready.chosen
    same = any(one.filter == there.filter for one in there.kept)
    full = kept.free_id(there.kept) is None
    query = there.filter.query
    why = words.ALREADY if same else words.NO_MORE if full else words.KEEP_HELP
    ways = ((words.KEEP, "keep", "bookmark_add"),
            (words.KEEP_AND_COMPARE, "keep-and-compare", "compare_arrows") if there.kept else
            (words.KEEP_AND_CHOOSE, "keep-and-choose", "add"))  # fmt: skip
    for label, way, icon in ways:
        escaped.button(label, key=way, on_click=_keep, args=(query, way), disabled=same or full, help=why,
                       type="tertiary", icon=f":material/{icon}:")  # fmt: skip


def _row(cohort: Cohort, one: KeptCohort, place: int, of: int, *, filtered: bool) -> None:
    n = one.filter.of(cohort).n
    group = Level(f"kept-{one.id}", one.label, one.label)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"kept-{one.id}"):
        shade = colour(places([group])[group.id])
        st.html(f"<span aria-hidden='true' style='color:{shade};font-size:1.1rem'>●</span>", width="content")
        escaped.button(words.row(one, n), key=f"kept-show-{one.id}", help=words.conditions(one), on_click=_show,
                       args=(one.filter.query,), type="tertiary")  # fmt: skip
        menu = escaped.popover("", icon=":material/more_vert:", key=f"kept-menu-{one.id}", on_change="rerun",
                               help=words.CHANGE)  # fmt: skip
    if menu.open:  # a browser does not hear what a widget in a closed menu is set to
        with menu:
            field = f"kept-name-{one.id}"
            st.session_state[field] = one.name
            escaped.text_input(words.NAME, max_chars=kept.LONGEST_NAME, key=field, on_change=_rename, args=(one.id,),
                               help=words.NAME_HELP, placeholder=one.id.upper())  # fmt: skip
            with st.container(horizontal=True, gap="small"):
                for label, by, at_end in ((words.UP, -1, place == 0), (words.DOWN, 1, place == of - 1)):
                    escaped.button(label, key=f"kept-{by}-{one.id}", on_click=_move, args=(one.id, by), disabled=at_end,
                                   width="stretch")  # fmt: skip
            escaped.button(words.REPLACE, key=f"kept-replace-{one.id}", on_click=_replace, args=(one.id,),
                           disabled=not filtered, width="stretch")  # fmt: skip
            escaped.button(words.REMOVE, key=f"kept-remove-{one.id}", on_click=_remove, args=(one.id,), width="stretch",
                           icon=":material/delete:")  # fmt: skip


def _file(chosen: Chosen) -> None:
    with st.sidebar:
        label = words.FILE if chosen.kept else words.FILE_AT_FIRST
        menu = escaped.popover(label, icon=":material/bookmarks:", width="stretch", key="kept-file",
                               on_change="rerun")  # fmt: skip
    if not menu.open:
        return
    with menu:
        if chosen.kept:
            escaped.download_button(words.SAVE, kept.written(chosen.kept), words.FILE_NAME, words.FILE_TYPE,
                                    on_click="ignore", help=words.SAVE_HELP, icon=":material/download:")  # fmt: skip
        turn = st.session_state.setdefault(TURN, 0)
        escaped.file_uploader(words.OPEN, type="json", key=f"kept cohorts {turn}", on_change=_open, args=(turn,),
                              help=words.OPENED_INSTEAD if chosen.kept else None)  # fmt: skip
        for problem in st.session_state.get(PROBLEMS, ()):
            escaped.error(problem)


# What the buttons do. They are given ids and conditions, and no patients.


def _held() -> tuple[KeptCohort, ...]:
    control = _control()
    value, _ = control.read(address.now().asked.get(control.key, ()))
    texts = value if isinstance(value, tuple) else ()
    return kept.named_as(kept.kept_cohorts([str(text) for text in texts], control.dictionary), names())


def _control() -> KeptChoice:
    return address.kept_choice()


def _hold(cohorts: tuple[KeptCohort, ...], *, by: Made | None = None, without: tuple[str, ...] = ()) -> None:
    """Keep these cohorts and no others, compare them where ``by`` says so, and ask nothing under ``without``."""
    control = _control()
    told, _ = control.read(tuple(one.text for one in cohorts))
    after = address.now().without(without).chosen(control, told)
    address.turn_to(after.asking({BY: (by.value,)}) if by else after)


def _keep(query: str, way: str) -> None:
    control, held = _control(), _held()
    id_ = kept.free_id(held)
    if id_ is None:
        return
    if id_ in names():
        name(id_, "")
    one = KeptCohort(id_, filter_from_query(query, control.dictionary).filter)
    keys = _filter_keys(control.dictionary) if way != "keep" else ()
    _hold((*held, one), by=Made.KEPT if way == "keep-and-compare" else None, without=keys)


def _filter_keys(dictionary: Dictionary) -> tuple[str, ...]:
    listed = dictionary.conditions
    return (*listed, *(f"{key}{KEEP_MISSING}" for key in listed))


def _compare() -> None:
    address.turn_to(address.now().asking({BY: (Made.KEPT.value,)}))


def _show(query: str) -> None:
    control = _control()
    asked: dict[str, list[str]] = {}
    for key, text in (
        pair for part in filter_from_query(query, control.dictionary).filter.parts for pair in part.query
    ):
        asked.setdefault(key, []).append(text)
    cleared = address.now().without(_filter_keys(control.dictionary))
    address.turn_to(cleared.asking({key: tuple(texts) for key, texts in asked.items()}))


def _rename(id_: str) -> None:
    called = kept.tidy_name(str(st.session_state[f"kept-name-{id_}"]))
    if not _control().named:
        name(id_, called)
    _hold(kept.renamed(_held(), id_, called))


def _move(id_: str, by: int) -> None:
    _hold(kept.moved(_held(), id_, by))


def _replace(id_: str) -> None:
    chosen = filter_from_query(address.view().query, _control().dictionary).filter
    _hold(kept.replaced(_held(), id_, chosen))


def _remove(id_: str) -> None:
    _hold(tuple(one for one in _held() if one.id != id_))


def _open(turn: int) -> None:
    file = st.session_state.get(f"kept cohorts {turn}")
    if file is None:
        return
    read = kept.read_cohorts(file.getvalue(), _control().dictionary)
    st.session_state[PROBLEMS] = read.problems
    if read.problems:
        return
    st.session_state[TURN] = turn + 1
    if not _control().named:
        for one in read.cohorts:
            name(one.id, one.name)
    _hold(read.cohorts)
