"""A hospital's own cohort: the template to fill in, the files chosen and what they hold, and opening and closing it.

Files and patients stay in the memory of the session. They are never cached or put into the address.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import streamlit as st

from components.export.file_words import XLSX_TYPE
from components.links.address import CONVENTIONS
from components.own_cohort import words
from components.own_cohort.contents import contents
from components.own_cohort.contents_words import one_line
from components.safety import first_reaction_words as first_reaction
from components.ui import address, escaped
from components.ui.collection import COLLECTED, LINKS, NEXT, collected
from components.ui.issues import show_contents, show_issues
from components.ui.navigation import OVERVIEW, link
from components.ui.streamlit_internals import UploadedFile, forget_upload, forget_widgets
from components.ui.study import CHOSEN, keep_imported, opened_study, single_patients_switch
from data.cohort import Cohort
from data.reading.adam import BY_DATES, USUAL, Parameter
from data.reading.cells import unmarked
from data.reading.check_values import resembling
from data.reading.read import COHORT_FOLDER, Opened, opened, tables_in
from data.reading.sheet import GuessedText
from data.reading.template import GUIDE, csv_template, template
from data.reading.time_status import DAYS_IN, Meaning, TimeStatus
from data.recorded import with_recorded_variables

READ, ROUND, NAME = "what the files hold", "round of choosing files", "name of the cohort"
READY = "cohort ready to be opened"
DRAWN = "widgets drawn of what is no longer kept"
STAYS = frozenset({COLLECTED, LINKS, NEXT, ROUND, DRAWN})
"""What a session keeps when another study is opened; of the slides only those that show no imported patients."""

Encodings = tuple[tuple[str, str], ...]
Endpoints = tuple[tuple[str, str], ...]
Answers = tuple[tuple[str, ...], Endpoints, Meaning | None]


def show_study() -> None:
    """Which study is open now; from an imported one the way back, and whether its single patients are shown."""
    study = opened_study()
    with st.container(border=True, key="open-now"):
        escaped.caption(words.OPEN_NOW)
        escaped.text(words.now_open(study.provenance, one_line(contents(study))))
        if study.provenance.kind == "imported":
            escaped.caption(words.IN_MEMORY)
            with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
                link(OVERVIEW, words.LOOK, {})
                escaped.button(words.BACK, on_click=turn_to, args=(None,), icon=":material/undo:", help=words.BACK_HELP)
            single_patients_switch(first_reaction.LIST_ALLOWED, first_reaction.LIST_HELP)


def show_template() -> None:
    """How to bring the patients into tables, and the tables to fill in."""
    escaped.subheader(words.PREPARE, anchor=False)
    escaped.text(words.PREPARE_TEXT)
    files = (
        (words.WORKBOOK, template, words.WORKBOOK_NAME, XLSX_TYPE, words.WORKBOOK_HELP),
        (words.EXAMPLE, _example, words.EXAMPLE_NAME, XLSX_TYPE, words.EXAMPLE_HELP),
        (words.CSV_FILES, csv_template, words.CSV_NAME, words.ZIP_TYPE, None),
    )
    with st.container(horizontal=True, gap="small", key="templates"):
        for label, content, name, kind, tip in files:
            escaped.download_button(
                label, content, name, kind, help=tip, on_click="ignore", icon=":material/download:", key=name
            )
    with escaped.expander(words.HOW):
        escaped.points(GUIDE)


def _example() -> bytes:
    return template(rows=tables_in(COHORT_FOLDER))


def read_files() -> Opened | None:
    """What the files that the visitor chooses here hold, with his answers to what they leave open; None without."""
    escaped.subheader(words.ADD, anchor=False)
    turn = st.session_state.setdefault(ROUND, 0)
    files = escaped.file_uploader(
        words.FILES, accept_multiple_files=True, key=f"files {turn}", help=words.FILES_HELP, width="stretch"
    )
    if not files:
        st.session_state.pop(READ, None)
        return None
    escaped.subheader(words.FOUND, anchor=False)
    encodings = _encodings(_read(files).guessed, turn)
    first = _read(files, encodings)
    return _read(files, encodings, *_answers(first, turn))


def _encodings(guessed: Sequence[GuessedText], turn: int) -> Encodings:
    """The encoding of every file of which nothing tells it: the guess, or what the visitor takes instead."""
    chosen: list[tuple[str, str]] = []
    for one in {one.file: one for one in guessed}.values():
        offered = list(one.readings)
        known = offered.index(one.encoding) if one.encoding else None
        taken = escaped.selectbox(
            words.encoding_of(one), offered, known, format_func=lambda name, one=one: words.encoding(one, name),
            key=f"encoding {turn} {one.file}", placeholder=words.CHOOSE_ENCODING, help=words.ENCODING_HELP,
        )  # fmt: skip
        if taken and taken != one.encoding:
            chosen.append((one.file, taken))
    return tuple(chosen)


def _read(
    files: list[UploadedFile],
    encodings: Encodings = (),
    added: Collection[str] = (),
    endpoints: Endpoints = (),
    meaning: Meaning | None = None,
) -> Opened:
    """The files read, or what was read before: while nothing about them changes they are not read again."""
    names = tuple(file.file_id for file in files)
    read: dict[tuple[object, ...], Opened] = st.session_state.get(READ, {})
    if any(kept[0] != names for kept in read):
        read = {}
    question = (names, encodings, tuple(added), endpoints, meaning)
    if question not in read:
        with escaped.spinner(words.READING):
            content = {file.name: file.getvalue() for file in files}
            found = opened(content, added=added, endpoints=dict(endpoints), meaning=meaning, encodings=dict(encodings))
            read = {**read, question: found}
    st.session_state[READ] = read
    return read[question]


def _answers(first: Opened, turn: int) -> Answers:
    """What the files leave open: measured variables nobody knows, which time is that to death, what a status means."""
    added: list[str] = []
    if first.variables:
        sure = [name for name in first.variables if name not in resembling(first.variables)]
        added = escaped.multiselect(
            words.VARIABLES, first.variables, sure, key=f"variables {turn}", help=words.VARIABLES_HELP
        )
    meaning = _meaning(first.outcome, turn) if first.outcome is not None else None
    if not first.parameters:
        return tuple(added), (), meaning
    entries = {entry.code: entry for entry in first.parameters if not entry.reverse_of}
    left, right = st.columns(2)
    with left:
        death = _parameter(words.DEATH, entries, USUAL["death_day"], words.BY_DATES, f"death {turn}")
    with right:
        usual = USUAL["progression_day"]
        progression = _parameter(words.PROGRESSION, entries, usual, words.NO_PROGRESSION, f"progression {turn}")
    chosen: Endpoints = () if death is None else (("death_day", death),)
    return tuple(added), (*chosen, *((("progression_day", progression),) if progression else ())), meaning


def _meaning(outcome: TimeStatus, turn: int) -> Meaning | None:
    """What the visitor says about a time and a status; None until both are chosen."""
    units, codes = list(DAYS_IN), list(outcome.codes)
    known = units.index(outcome.unit) if outcome.unit else None
    left, right = st.columns(2)
    with left:
        unit = escaped.selectbox(
            words.time_unit(outcome), units, known, key=f"unit {turn}", placeholder=words.CHOOSE_UNIT
        )
    with right:
        death = escaped.selectbox(
            words.death_code(outcome), codes, None, format_func=lambda code: words.code(outcome, code),
            key=f"code {turn}", placeholder=words.CHOOSE_CODE,
        )  # fmt: skip
    return Meaning(unit, death) if unit and death else None


def _parameter(title: str, entries: Mapping[str, Parameter], usual: str, none: str, key: str) -> str | None:
    """The code chosen, blank for none of them; None while nothing is chosen."""
    codes = [*entries, BY_DATES]
    start = codes.index(usual) if usual in entries else None
    if start is None and none == words.NO_PROGRESSION:
        start = len(codes) - 1
    return escaped.selectbox(
        title, codes, start, format_func=lambda code: words.parameter(entries[code]) if code else none,
        key=key, placeholder=words.CHOOSE,
    )  # fmt: skip


def show_opened(found: Opened) -> None:
    """Everything that was found; where nothing stands in the way, the preview and the button that opens the cohort."""
    provenance = opened_study().provenance
    show_issues(found.issues, found.notes, found.unread, words.still_open(provenance))
    if found.cohort is not None:
        st.session_state[READY] = found.cohort
        escaped.subheader(words.PREVIEW, anchor=False)
        show_contents(contents(found.cohort), [entry for entry in found.unread if not entry.identifies])
        with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
            escaped.text_input(
                words.NAME, words.NAME_AT_FIRST, max_chars=words.MOST_LETTERS, key=NAME, help=words.NAME_HELP, width=240
            )
            escaped.button(words.OPEN, type="primary", on_click=_open, icon=":material/folder_open:")
            _again()
        escaped.caption(words.replaces(provenance))
    else:
        _again()


def _again() -> None:
    escaped.button(words.AGAIN, on_click=forget_files, type="tertiary")


def _open() -> None:
    # No widget holds the cohort: Streamlit keeps what a callback is given for longer than the session keeps the cohort.
    cohort: Cohort = st.session_state.pop(READY)
    # The name is read now: it may have been typed after the button was drawn.
    called = unmarked(str(st.session_state[NAME])).strip() or words.NAME_AT_FIRST
    named = replace(cohort, provenance=replace(cohort.provenance, name=called))
    turn_to(with_recorded_variables(named))


def turn_to(cohort: Cohort | None) -> None:
    """Open ``cohort``, or the reconstructed one; for a button's ``on_click``.

    Nothing that was chosen, computed or collected of imported patients outlasts it. The filter starts anew, for levels
    and spans are those of the patients; the statistical conventions stay.
    """
    forget_files()
    before = address.now_or_none()
    slides = collected()
    for number in [number for number, entry in slides.items() if entry.stamp.provenance.kind == "imported"]:
        del slides[number]
        st.session_state.get(LINKS, {}).pop(number, None)
    for key in [str(key) for key in st.session_state if key not in STAYS]:
        del st.session_state[key]
    if cohort is not None:
        keep_imported(cohort)
    address.begin_anew(CONVENTIONS, before)
    st.session_state[CHOSEN] = True


def leave() -> None:
    """On every other page: files that were chosen and not opened are not kept."""
    if READ in st.session_state:
        forget_files()


def forget_what_was_drawn() -> None:
    """Of files and patients let go of, no widget keeps a name or a panel; called before the page draws its first."""
    if st.session_state.pop(DRAWN, False):
        forget_widgets()


def forget_files() -> None:
    """Let go of the files chosen and of what was read from them: also Streamlit, which else keeps them to the end."""
    st.session_state.pop(READ, None)
    st.session_state.pop(READY, None)
    turn = st.session_state.get(ROUND, 0)
    for file in st.session_state.get(f"files {turn}") or ():
        forget_upload(file)
    st.session_state[ROUND] = turn + 1
    st.session_state[DRAWN] = True
