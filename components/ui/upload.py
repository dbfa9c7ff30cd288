"""A hospital's own cohort: the template to fill in, the files chosen and what they hold, and opening and closing it.

Files and patients stay in the memory of the session. They are never cached or put into the address.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import streamlit as st

from components.core.markup import bold
from components.core.numbers import patients
from components.export.file_words import XLSX_TYPE
from components.links.address import CONVENTIONS
from components.own_cohort import mapping_words, words
from components.own_cohort.contents import contents
from components.own_cohort.contents_words import one_line
from components.safety import first_reaction_words as first_reaction
from components.ui import address, escaped
from components.ui import mapping as settling
from components.ui.collection import COLLECTED, LINKS, NEXT, WAITING, collected
from components.ui.issues import show_contents, show_issues
from components.ui.kept_slides import HEARD, MARK
from components.ui.navigation import OVERVIEW, link
from components.ui.streamlit_internals import UploadedFile, forget_upload, forget_widgets
from components.ui.study import BEGUN, CHOSEN, keep_imported, opened_study, single_patients_switch
from data.cohort import Cohort
from data.reading.adam import BY_DATES, USUAL, Parameter, usual_death
from data.reading.bounded import prepare
from data.reading.cells import unmarked
from data.reading.check_values import resembling
from data.reading.installed import installed_study
from data.reading.mapping import Mapping as ColumnMapping
from data.reading.mapping import fitted, mapping_in, still_lacking
from data.reading.mapping_messages import lacking
from data.reading.read import COHORT_FOLDER, Opened, Taken, opened, tables_in
from data.reading.sheet import GuessedText
from data.reading.status_codes import with_questions
from data.reading.template import GUIDE, csv_template, template
from data.recorded import with_recorded_variables
from data.variables import DICTIONARY

READ, ROUND, NAME = "what the files hold", "round of choosing files", "name of the cohort"
READY = "cohort ready to be opened"
DRAWN = "widgets drawn of what is no longer kept"
STAYS = frozenset({BEGUN, COLLECTED, LINKS, NEXT, WAITING, MARK, HEARD, ROUND, DRAWN})
"""What a session keeps when another study is opened; of the slides only those that show no imported patients."""

Encodings = tuple[tuple[str, str], ...]
Endpoints = tuple[tuple[str, str], ...]
Answers = tuple[tuple[str, ...], Endpoints]


def show_study() -> None:
    """Which study is open now; from an imported one the way back, and whether its single patients are shown."""
    prepare()  # whoever comes here will want files read
    study = opened_study()
    held = one_line(contents(study)) if study.rows_at_hand else patients(study.n)
    with st.container(border=True, key="open-now"):
        escaped.caption(words.OPEN_NOW)
        escaped.text(words.now_open(study.provenance, held))
        if study.provenance.kind == "imported":
            escaped.caption(words.OF_EVERYBODY if study.provenance.installed else words.IN_MEMORY)
            if study.provenance.installed and (installed := installed_study()) is not None and installed.left_out:
                escaped.points(installed.left_out)
            with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
                link(OVERVIEW, words.LOOK, {})
                escaped.button(words.BACK, on_click=turn_to, args=(None,), icon=":material/undo:", help=words.BACK_HELP)
            if study.rows_at_hand:
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
    files, kept = _tables_and_mapping(files or [])
    if not files:
        st.session_state.pop(READ, None)
        settling.forget()
        return None
    escaped.subheader(words.FOUND, anchor=False)
    encodings = _encodings(_read(files).guessed, turn)
    first = _read(files, encodings)
    if first.mapping is None and first.notes:  # they are ADaM data sets
        by_mapping = kept is not None or escaped.toggle(
            words.ADAM_BY_MAPPING, key=f"adam by mapping {turn}", help=words.ADAM_BY_MAPPING_HELP
        )
        first = _read(files, encodings, taken="as_tables") if by_mapping else first
    if first.mapping is None or not first.contents:
        return _read(files, encodings, *_answers(first, turn))
    return _settled(files, encodings, first, kept, turn)


def _tables_and_mapping(files: list[UploadedFile]) -> tuple[list[UploadedFile], ColumnMapping | None]:
    """The files, and the saved mapping that is among them; a file that is none stays, to be reported as no table."""
    tables: list[UploadedFile] = []
    kept: ColumnMapping | None = None
    for file in files:
        try:
            kept = mapping_in(file.getvalue()) if file.name.lower().endswith(".json") else kept
        except ValueError:
            tables.append(file)
        else:
            tables += [] if file.name.lower().endswith(".json") else [file]
    return tables, kept


def _settled(
    files: list[UploadedFile], encodings: Encodings, first: Opened, kept: ColumnMapping | None, turn: int
) -> Opened:
    """What the files hold with the columns as they are settled: unfolded where the files do not open as they are."""
    proposed, missing = (first.mapping, ()) if kept is None or first.mapping is None else fitted(kept, first.mapping)
    if proposed is None:
        return first
    proposed = proposed if kept is None else with_questions(proposed, first.contents)
    names = (*(file.file_id for file in files), *encodings, kept)
    mapping, changed = settling.settled(names, proposed)
    found = _read(files, encodings, mapping=mapping)
    asked = changed or kept is not None or bool(mapping.unsettled)
    use = asked or found.cohort is not None or mapping_words.beyond_the_template(mapping)
    with (
        st.container(key="mapping")
        if use and first.cohort is None
        else escaped.expander(mapping_words.FOLDED, icon=":material/table_edit:", key=f"mapping {turn}")
    ):
        if use and first.cohort is None:
            escaped.text(bold(mapping_words.TITLE))
        if kept is not None:
            escaped.caption(mapping_words.USED)
        settling.show_mapping(mapping, first.contents, DICTIONARY, turn)
    if not use or (not asked and first.cohort is not None and not mapping_words.own_variables(mapping)):
        return _read(files, encodings, *_answers(first, turn))
    lost = () if kept is None else still_lacking(kept, mapping, missing)
    issues = tuple(lacking(*one) for one in lost)
    open_questions = {(sheet, column.column) for sheet, column in mapping.unsettled}
    if open_questions:
        escaped.info(mapping_words.questions(len(open_questions)), icon=":material/help:")
    told = tuple(one for one in found.issues if (one.table, one.column) not in open_questions)
    return replace(
        found, issues=(*issues, *told), cohort=None if any(one.severity == "error" for one in issues) else found.cohort
    )


def _encodings(guessed: Sequence[GuessedText], turn: int) -> Encodings:
    """The encoding of every file whose encoding is not stated: the guess, or what the visitor takes instead."""
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
    mapping: ColumnMapping | None = None,
    taken: Taken = "as_they_are",
) -> Opened:
    """The files read, or what was read before: while nothing about them changes they are not read again."""
    names = tuple(file.file_id for file in files)
    read: dict[tuple[object, ...], Opened] = st.session_state.get(READ, {})
    if any(kept[0] != names for kept in read):
        read = {}
    question = (names, encodings, tuple(added), endpoints, taken, mapping)
    if question not in read:
        read = {kept: found for kept, found in read.items() if kept[-1] is None or mapping is None}
        with escaped.spinner(words.READING):
            content = {file.name: file.getvalue() for file in files}
            found = opened(
                content, added=added, endpoints=dict(endpoints), encodings=dict(encodings), mapping=mapping,
                taken=taken,
            )  # fmt: skip
            read = {**read, question: found}
    st.session_state[READ] = read
    return read[question]


def _answers(first: Opened, turn: int) -> Answers:
    """What the files leave open: measured variables nobody knows, and which time is that to death."""
    added: list[str] = []
    if first.variables:
        sure = [name for name in first.variables if name not in resembling(first.variables)]
        added = escaped.multiselect(
            words.VARIABLES, first.variables, sure, key=f"variables {turn}", help=words.VARIABLES_HELP
        )
    if not first.parameters:
        return tuple(added), ()
    entries = {entry.code: entry for entry in first.parameters if not entry.reverse_of}
    left, right = st.columns(2)
    with left:
        usual = usual_death(first.parameters)
        death = _parameter(words.DEATH, entries, usual, words.BY_DATES, key=f"death {turn}")
    with right:
        usual = USUAL["progression_day"]
        none = words.NO_PROGRESSION
        progression = _parameter(words.PROGRESSION, entries, usual, none, at_first=True, key=f"progression {turn}")
    chosen: Endpoints = () if death is None else (("death_day", death),)
    return tuple(added), (*chosen, *((("progression_day", progression),) if progression else ()))


def _parameter(
    title: str, entries: Mapping[str, Parameter], usual: str | None, none: str, *, key: str, at_first: bool = False
) -> str | None:
    """The code chosen, blank for none of them; None while nothing is chosen.

    ``none`` says what none of them means; it is chosen ``at_first`` where the usual one is not there.
    """
    codes = [*entries, BY_DATES]
    start = codes.index(usual) if usual in codes else len(codes) - 1 if at_first else None
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

    Nothing that was chosen, computed or collected of imported patients outlasts it. The filter is reset, for levels
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
    settling.forget()
    turn = st.session_state.get(ROUND, 0)
    for file in st.session_state.get(f"files {turn}") or ():
        forget_upload(file)
    st.session_state[ROUND] = turn + 1
    st.session_state[DRAWN] = True
