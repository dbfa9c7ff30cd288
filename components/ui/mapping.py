"""What every column of the chosen files is, to be settled on the screen before anything is opened.

The mapping is one value in the session; every widget shows what it says and sets the next one, so that each step can be
undone.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as MappingOf
from dataclasses import replace
from typing import Any, cast

import streamlit as st

from components.own_cohort import mapping_words as words
from components.ui import escaped
from data.dictionary import Dictionary
from data.reading.cells import unmarked
from data.reading.column_content import ColumnContent, SheetContent
from data.reading.dates import Order
from data.reading.mapping import DEATH, ColumnRole, Further, Groups, Holds, Limit, Mapping, Role, TableRole, saved
from data.reading.status_codes import with_codes
from data.reading.unit_conversion import units_for

SETTLED = "what the columns are"
"""Where a session keeps the mappings of the files chosen, the last one first undone; with the files' ids."""

DETAILED, ALL = "column whose details are shown", "tables of which all columns are shown"
OTHER = "other"
FEW, ROOM = 9, 470
"""The columns of a table with more of them scroll in so many pixels: questions and button stay near one another."""

Files = tuple[object, ...]


def settled(files: Files, proposed: Mapping) -> tuple[Mapping, bool]:
    """The mapping of these files as the visitor has settled it so far, and whether he changed anything."""
    kept: tuple[Files, tuple[Mapping, ...]] | None = st.session_state.get(SETTLED)
    if kept is None or kept[0] != files:
        kept = (files, (proposed,))
        st.session_state[SETTLED] = kept
    return kept[1][-1], len(kept[1]) > 1


def forget() -> None:
    """Let go of the mapping."""
    for key in (SETTLED, DETAILED, ALL):
        st.session_state.pop(key, None)


def show_mapping(mapping: Mapping, contents: tuple[SheetContent, ...], dictionary: Dictionary, turn: int) -> None:
    """Every table with its columns, what each seems to be, and what has to be said of it."""
    escaped.caption(words.CAPTION)
    for place, (table, content) in enumerate(zip(mapping.tables, contents, strict=True)):
        with st.container(border=True, key=f"mapped-table-{place}"):
            _show_table(place, table, content, dictionary, turn)
    if mapping.measures:
        _choice(
            words.WINDOW, words.windows(mapping.baseline_window), mapping.baseline_window, f"window {turn}",
            lambda taken: replace(_now(), baseline_window=taken), tip=words.WINDOW_HELP,
        )  # fmt: skip
    _show_steps(mapping, contents, turn)


def _show_table(place: int, table: TableRole, content: SheetContent, dictionary: Dictionary, turn: int) -> None:
    left, right = st.columns([3, 2], vertical_alignment="center")
    with left:
        escaped.text(words.sheet_line(content))
    with right:
        _choice(
            words.HOLDS_LABEL, dict(words.HOLDS), table.holds, f"holds {turn} {place}",
            lambda taken: _now().with_table(table.sheet, cast("Holds", taken)),
        )  # fmt: skip
    if table.holds == "left_out":
        return
    if table.holds == "patients":
        _show_questions(place, table, content, turn)
    if table.holds == "treatments":
        _show_drug(turn)
    for at, column in enumerate(table.columns):
        if column.role in ("start", "listed", "event_day") and (date := content.of(column.column).twofold):
            _show_order(table, column, date, f"order {turn} {place} {at}")
    offered = words.options(table.holds, dictionary)
    every = place in st.session_state.get(ALL, ())
    shown = table.columns if every else table.columns[: words.MOST_ROWS]
    with st.container(height=ROOM if len(shown) > FEW else "content", border=False, key=f"columns-{place}"):
        for at, column in enumerate(shown):
            _show_column((place, at), table, column, content.of(column.column), offered, dictionary, turn)
    if len(shown) < len(table.columns):
        escaped.button(words.MORE, on_click=_show_all, args=(place,), type="tertiary", key=f"all {turn} {place}")


def _show_column(
    at: tuple[int, int],
    table: TableRole,
    column: ColumnRole,
    content: ColumnContent,
    offered: dict[str, str],
    dictionary: Dictionary,
    turn: int,
) -> None:
    name, role, said, more = st.columns([2.4, 2.9, 2.2, 1], vertical_alignment="center")
    with name:
        escaped.text(words.column_line(content))
    with role:
        key = f"role {turn} {at[0]} {at[1]}"
        _choice(
            f"{words.ROLE_LABEL}: {column.column}", offered, words.chosen(column), key,
            lambda taken: _now().with_column(table.sheet, _with_role(column, content, taken)), hidden=True,
        )  # fmt: skip
    with said:
        escaped.caption(words.told(column, content, dictionary) or " ")
    open_now = st.session_state.get(DETAILED) == at
    with more:
        if column.role in ("factor", "number", "laboratory", "event_day", "listed"):
            escaped.button(
                words.CLOSE if open_now else words.DETAILS, on_click=_detail, args=(at,), type="tertiary",
                key=f"details {turn} {at[0]} {at[1]}",
            )  # fmt: skip
    if open_now:
        with st.container(border=True, key="mapping-details"):
            _show_details(table, column, content, f"detail {turn} {at[0]} {at[1]}")


def _with_role(column: ColumnRole, content: ColumnContent, taken: str) -> ColumnRole:
    """The column in another role, with what is usual for it."""
    role, _, key = taken.partition(":")
    plain = ColumnRole(column.column, cast("Role", role), key, missing=content.coded)
    if role in ("factor", "number", "laboratory", "event_day"):
        plain = replace(plain, name=column.name if column.role in ("factor", "number") else column.column)
    if role == "number":
        plain = replace(plain, groups="median")
    if role == "time":
        plain = replace(plain, unit="days" if content.whole else "")
    return plain


def _show_questions(place: int, table: TableRole, content: SheetContent, turn: int) -> None:
    """What the time and the status mean: unit, event and codes, each code with its number of patients."""
    for at, column in enumerate(table.columns):
        key = f"{turn} {place} {at}"
        if column.role == "time":
            _show_time(table, column, key)
        if column.role == "status":
            _show_status(table, column, content.of(column.column), key)


def _show_time(table: TableRole, column: ColumnRole, key: str) -> None:
    _pills(
        words.which_unit(column), words.UNITS, column.unit, f"unit {key}",
        lambda taken: _now().with_column(table.sheet, replace(column, unit=taken)),
    )  # fmt: skip


def _show_order(table: TableRole, column: ColumnRole, date: str, key: str) -> None:
    _pills(
        words.which_order(column, date), words.ORDERS, column.order, key,
        lambda taken: _now().with_column(table.sheet, replace(column, order=cast("Order", taken))),
    )  # fmt: skip


def _show_status(table: TableRole, column: ColumnRole, content: ColumnContent, key: str) -> None:
    codes = {code: words.code(code, n) for code, n in content.codes.items()}
    widget = f"codes {key}"
    st.session_state[widget] = [code for code in codes if code in column.events]
    escaped.pills(
        words.which_codes(column), list(codes), selection_mode="multi", format_func=codes.__getitem__, key=widget,
        on_change=_take,
        args=(widget, lambda taken: _now().with_column(table.sheet, replace(column, events=tuple(taken)))),
    )  # fmt: skip
    left, right = st.columns([2, 2], vertical_alignment="bottom")
    with left:
        now = "" if not column.name else DEATH if column.name == DEATH else OTHER
        _pills(
            words.EVENT, words.EVENTS, now, f"event {key}",
            lambda taken: _named(table, column, DEATH if taken == DEATH else _other_name(column)),
        )  # fmt: skip
    with right:
        if now == OTHER:
            _text(
                words.NAME_OF_EVENT, column.name, f"event name {key}",
                lambda taken: _named(table, column, taken or words.NAME_OF_EVENT_AT_FIRST),
            )  # fmt: skip
    _show_further(table, column, content, key)


def _show_further(table: TableRole, column: ColumnRole, content: ColumnContent, key: str) -> None:
    """Further endpoints of the same status, each with its codes and its name, and the button for one more."""
    codes = {code: words.code(code, n) for code, n in content.codes.items()}
    for at in range(len(column.also)):
        _show_one_further(table, column, at, codes, f"{key} {at}")
    if len(codes) > 2 and column.events:
        escaped.button(
            words.FURTHER, on_click=_add_further, args=(table.sheet, column.column), type="tertiary",
            icon=":material/add:", key=f"further {key}", help=words.FURTHER_HELP,
        )  # fmt: skip


def _show_one_further(table: TableRole, column: ColumnRole, at: int, codes: dict[str, str], key: str) -> None:
    one = column.also[at]

    def changed(to: Further) -> Mapping:
        also = (*column.also[:at], to, *column.also[at + 1 :])
        return _now().with_column(table.sheet, replace(column, also=also))

    widget = f"codes {key}"
    st.session_state[widget] = [code for code in codes if code in one.events]
    escaped.pills(
        words.which_codes_of(column, one), list(codes), selection_mode="multi", format_func=codes.__getitem__,
        key=widget, on_change=_take, args=(widget, lambda taken: changed(replace(one, events=tuple(taken)))),
    )  # fmt: skip
    left, right = st.columns([2, 2], vertical_alignment="bottom")
    with left:
        _text(
            words.NAME_OF_EVENT, one.name, f"event name {key}",
            lambda taken: changed(replace(one, name=taken or words.FURTHER_NAME)),
        )  # fmt: skip
    with right:
        escaped.button(
            words.NO_FURTHER, on_click=_without, args=(table.sheet, column.column, at), type="tertiary",
            key=f"without {key}",
        )  # fmt: skip


def _add_further(sheet: str, status: str) -> None:
    column = _now().column(sheet, status)
    _keep(_now().with_column(sheet, replace(column, also=(*column.also, Further(words.FURTHER_NAME)))))


def _without(sheet: str, status: str, at: int) -> None:
    column = _now().column(sheet, status)
    _keep(_now().with_column(sheet, replace(column, also=column.also[:at] + column.also[at + 1 :])))


def _other_name(column: ColumnRole) -> str:
    return column.name if column.name not in ("", DEATH) else column.column


def _named(table: TableRole, status: ColumnRole, name: str) -> Mapping:
    return _now().with_event(table.sheet, status.column, name)


def _show_drug(turn: int) -> None:
    _text(
        words.DRUG,
        _now().study_drug,
        f"drug {turn}",
        lambda taken: replace(_now(), study_drug=taken),
        tip=words.DRUG_HELP,
    )


def _show_details(table: TableRole, column: ColumnRole, content: ColumnContent, key: str) -> None:
    """What else can be said of one column: its name, unit, groups, codes and limits."""

    def changed(of: Callable[[str], ColumnRole]) -> Callable[[str], Mapping]:
        return lambda taken: _now().with_column(table.sheet, of(taken))

    first, second, third = st.columns(3, vertical_alignment="bottom")
    with first:
        if column.role != "listed":
            _text(words.NAME, column.name or column.column, f"{key} name", changed(lambda to: replace(column, name=to)))
        if column.role == "number":
            _choice(
                words.GROUPS_LABEL,
                dict(words.GROUPS),
                column.groups,
                f"{key} groups",
                changed(lambda to: replace(column, groups=cast("Groups", to))),
            )
    with second:
        if column.role in ("number", "laboratory"):
            _text(words.UNIT, column.unit, f"{key} unit", changed(lambda to: replace(column, unit=to)))
        if column.role == "listed" and column.name.endswith("day"):
            _choice(
                words.UNIT,
                words.UNITS,
                column.unit or "days",
                f"{key} unit",
                changed(lambda to: replace(column, unit=to)),
            )
        if column.groups == "cuts":
            _text(
                words.CUTS,
                words.with_semicolons(column.cuts),
                f"{key} cuts",
                changed(lambda to: replace(column, cuts=_cuts(to))),
                tip=words.CUTS_HELP,
            )
        if units := units_for(column.name) if column.role == "laboratory" else ():
            offered = {"": words.AS_IT_IS} | {unit: unit for unit in units}
            _choice(
                words.CONVERTED, offered, column.shown, f"{key} shown", changed(lambda to: replace(column, shown=to))
            )
    with third:
        _text(
            words.MISSING, words.with_semicolons(column.missing), f"{key} missing",
            changed(lambda to: replace(column, missing=words.parts_of(to))),
            tip=words.MISSING_HELP,
        )  # fmt: skip
        if content.limits:
            _choice(
                words.LIMIT,
                dict(words.LIMITS),
                column.limit,
                f"{key} limit",
                changed(lambda to: replace(column, limit=cast("Limit", to))),
            )
        if column.role == "laboratory" and table.holds == "patients":
            _text(words.VISIT_DAY, str(column.day), f"{key} day", changed(lambda to: replace(column, day=_whole(to))))


def _cuts(text: str) -> tuple[float, ...]:
    return tuple(sorted({number for number in map(_number, words.parts_of(text)) if number is not None}))


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None


def _whole(text: str) -> int:
    return round(_number(text) or 0)


def _show_steps(mapping: Mapping, contents: tuple[SheetContent, ...], turn: int) -> None:
    kept = st.session_state[SETTLED][1]
    with st.container(horizontal=True, gap="small", key="mapping-steps"):
        escaped.button(words.UNDO, on_click=_undo, disabled=len(kept) < 2, icon=":material/undo:", key=f"undo {turn}")
        escaped.button(words.RESET, on_click=_reset, disabled=len(kept) < 2, key=f"reset {turn}")
        escaped.download_button(
            words.SAVE, saved(with_codes(mapping, contents)), words.SAVE_NAME, words.SAVE_TYPE, help=words.SAVE_HELP,
            on_click="ignore",
            icon=":material/download:", key=f"save {turn}",
        )  # fmt: skip


def _now() -> Mapping:
    mapping: Mapping = st.session_state[SETTLED][1][-1]
    return mapping


def _take(widget: str, changed: Callable[..., Mapping]) -> None:
    """Set the mapping that a widget's value leads to."""
    _keep(changed(st.session_state[widget]))


def _keep(mapping: Mapping) -> None:
    files, kept = st.session_state[SETTLED]
    if mapping != kept[-1]:
        st.session_state[SETTLED] = (files, (*kept, mapping))


def _undo() -> None:
    files, kept = st.session_state[SETTLED]
    st.session_state[SETTLED] = (files, kept[:-1] or kept)


def _reset() -> None:
    _keep(st.session_state[SETTLED][1][0])


def _detail(at: tuple[int, int]) -> None:
    st.session_state[DETAILED] = None if st.session_state.get(DETAILED) == at else at


def _show_all(place: int) -> None:
    st.session_state[ALL] = {*st.session_state.get(ALL, ()), place}


def _choice(
    label: str,
    offered: MappingOf[Any, str],
    now: Any,
    key: str,
    changed: Callable[[Any], Mapping],
    *,
    hidden: bool = False,
    tip: str | None = None,
) -> None:
    names = cast("dict[Any, str]", offered)
    st.session_state[key] = now if now in names else next(iter(names))
    escaped.selectbox(
        label, list(names), format_func=names.__getitem__, key=key, on_change=_take, args=(key, changed),
        label_visibility="collapsed" if hidden else "visible", help=tip,
    )  # fmt: skip


def _pills(label: str, offered: dict[str, str], now: str, key: str, changed: Callable[[str], Mapping]) -> None:
    st.session_state[key] = now or None
    escaped.pills(
        label, list(offered), format_func=offered.__getitem__, key=key,
        on_change=_take, args=(key, lambda taken: changed(taken) if taken else _now()),
    )  # fmt: skip


def _text(label: str, now: str, key: str, changed: Callable[[str], Mapping], tip: str | None = None) -> None:
    st.session_state[key] = now
    escaped.text_input(
        label, key=key, on_change=_take, args=(key, lambda taken: changed(unmarked(str(taken)).strip())), help=tip
    )
