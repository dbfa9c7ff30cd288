"""The panels collected for slides, in this session: their order and titles can be changed before the file is made.

Those that the browser has brought back are links at first, and become panels again when somebody asks for them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from components.core.footer_words import data_line
from components.core.markup import bold
from components.export import collection_words as words
from components.export.stamp import stamp
from components.links.collected import MOST, Collected, place
from components.links.computed import asked
from components.links.given import every_panel, parts
from components.ui import escaped
from components.ui.menu import pages_with_panels
from components.ui.study import opened_study, reconstructed_study

if TYPE_CHECKING:
    from components.export.slides import Entry

COLLECTED, NEXT = "panels collected for slides", "number of the next collected panel"
LINKS = "links of the panels collected"
WAITING = "links brought back by the browser"
"""They stand before the panels collected since, and become panels on the page that lists them."""


def collected() -> dict[int, Entry]:
    """The entries by a number of their own, in the order of the slides; those that only wait are not among them."""
    kept: dict[int, Entry] = st.session_state.setdefault(COLLECTED, {})
    return kept


def waiting() -> tuple[Collected, ...]:
    """The links that the browser has brought back and nobody has asked for since."""
    found: tuple[Collected, ...] = st.session_state.get(WAITING, ())
    return found


def bring_back(found: Sequence[Collected]) -> None:
    """Put these views before those collected, unless they are among them; for a component's callback."""
    have = links()
    st.session_state[WAITING] = (*waiting(), *(one for one in found if place(have, one) is None))[: MOST - len(have)]


def holds(entry: Entry, link: Collected) -> bool:
    """Whether the same panel with the same stamp has been collected, or waits."""
    return place(waiting(), link) is not None or any(_same(entry, other) for other in collected().values())


def add(entry: Entry, link: Collected) -> None:
    """Put the panel behind the others, unless it is there already; for a button's ``on_click``.

    ``link`` leads back to the view, for presentation mode shows it live.
    """
    if not holds(entry, link) and len(links()) < MOST:
        _put(entry, link)


def _put(entry: Entry, link: Collected) -> None:
    number = st.session_state[NEXT] = st.session_state.get(NEXT, 0) + 1
    collected()[number] = entry
    st.session_state.setdefault(LINKS, {})[number] = link


def drop_imported() -> None:
    """Forget what was collected of an own cohort: its small counts may have been shown then."""
    kept = collected()
    for number in [n for n, entry in kept.items() if entry.stamp.provenance.kind == "imported"]:
        del kept[number]


def links() -> tuple[Collected, ...]:
    """The links of the collected panels, in the order of the slides and with the titles these have now."""
    kept: dict[int, Collected] = st.session_state.get(LINKS, {})
    made = (replace(kept[n], title=entry.title) for n, entry in collected().items() if n in kept)
    return (*waiting(), *made)


def _made_again() -> tuple[str, ...]:
    """Makes panels of the links that wait, before the others; gives back the titles of those that cannot be made."""
    since = dict(collected())
    collected().clear()
    lost = []
    for link in waiting():
        entry = entry_of(link)
        if entry is None:
            lost.append(link.title)
        else:
            _put(entry, link)
    collected().update(since)
    st.session_state.pop(WAITING, None)
    return tuple(lost)


def entry_of(link: Collected) -> Entry | None:
    """The panel of a view of the reconstructed cohort, computed now; None where its page has no such panel."""
    from components.export.slides import Entry  # noqa: PLC0415 - what writes slides takes half a second to load

    study = reconstructed_study()
    pages = pages_with_panels()
    page = next((page for page in pages.values() if page.file == link.file), None)
    if page is None:
        return None
    found = asked(page, study, link.query, single=True, others=tuple(pages.values()))
    here = found.here
    part = next((part for part in every_panel(parts(page, here, found.link.view)) if part.key == link.panel), None)
    if part is None:
        return None
    panel, today = part.panel(), datetime.now(tz=UTC).astimezone().date()
    return Entry(
        link.title,
        panel,
        stamp(here.cohort, here.filter, panel, today, here.method, looked=link.looked, hides=here.hides),
    )


def show_collection() -> None:
    """The collected panels as a list to order, rename and thin out, and the button for the file."""
    if waiting():
        with escaped.spinner(words.MADE_AGAIN):
            lost = _made_again()
        if lost:
            escaped.warning(words.not_made_again(lost), icon=":material/link_off:")
    kept = collected()
    if not kept:
        escaped.info(words.EMPTY, icon=":material/slideshow:")
        return
    escaped.caption(words.HOW)
    for i, number in enumerate(kept):
        _line(number, i, len(kept))
    with st.container(horizontal=True, vertical_alignment="center"):
        escaped.download_button(
            words.DOWNLOAD_DECK,
            partial(_deck, kept),
            "myoscope.pptx",
            words.PPTX_TYPE,
            type="primary",
            icon=":material/download:",
            on_click="ignore",
            key="deck",
        )
        escaped.button(words.CLEAR, on_click=_clear, type="tertiary", key="clear-slides")
        escaped.caption(words.collected(len(kept)), width="content")
    if opened_study().provenance.kind == "imported":
        escaped.caption(words.OWN_DATA)


def _line(number: int, place: int, of: int) -> None:
    entry = collected()[number]
    with st.container(horizontal=True, vertical_alignment="center", border=True, key=f"slide-{number}"):
        escaped.text(bold(str(place + 1)), width="content")
        with st.container(gap="small"):
            escaped.text_input(
                words.TITLE, entry.title, max_chars=160, label_visibility="collapsed", key=f"title-{number}",
                on_change=_rename, args=(number,), live=True,
            )  # fmt: skip
            escaped.caption(entry.stamp.lines[-2])
            if entry.stamp.provenance.fingerprint != opened_study().provenance.fingerprint:
                escaped.caption(words.of_another_study(data_line(entry.stamp.provenance)))
        arrows = ((words.UP, "arrow_upward", -1, place == 0), (words.DOWN, "arrow_downward", 1, place == of - 1))
        for label, icon, by, at_end in arrows:
            escaped.button("", icon=f":material/{icon}:", help=label, disabled=at_end, on_click=_move,
                           args=(number, by), key=f"{label}-{number}", type="tertiary")  # fmt: skip
        escaped.button("", icon=":material/delete:", help=words.REMOVE, on_click=_remove, args=(number,),
                  key=f"remove-{number}", type="tertiary")  # fmt: skip


def _rename(number: int) -> None:
    title = str(st.session_state[f"title-{number}"]).strip()
    if title:
        collected()[number] = replace(collected()[number], title=title)


def _deck(kept: Mapping[int, Entry]) -> bytes:
    """The file, with the titles as they are when it is asked for: the button may have been drawn before."""
    from components.export.slides import presentation  # noqa: PLC0415

    return presentation(tuple(kept.values()))


def _clear() -> None:
    collected().clear()


def _move(number: int, by: int) -> None:
    kept = collected()
    order = list(kept)
    place = order.index(number)
    order[place], order[place + by] = order[place + by], order[place]
    st.session_state[COLLECTED] = {one: kept[one] for one in order}


def _remove(number: int) -> None:
    del collected()[number]


def _same(one: Entry, other: Entry) -> bool:
    mine, others = replace(one.stamp, looked=()), replace(other.stamp, looked=())
    return (one.panel.title, one.panel.alt, one.panel.small, mine.lines) == (
        other.panel.title, other.panel.alt, other.panel.small, others.lines)  # fmt: skip
