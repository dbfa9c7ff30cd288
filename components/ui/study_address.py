"""Which study the address shows. It is settled before anything else of the address is: other patients, other numbers.

While an imported cohort is open, the address of every page names it by its fingerprint. An address that names a cohort
that this session does not hold (after a reload, a restart of the server, in another tab, after closing it) shows no
number until the visitor has chosen what to see instead.
"""

from __future__ import annotations

import streamlit as st

from components.links.study import fingerprint, is_own, written
from components.ui import address, escaped
from components.ui import study_words as words
from components.ui.navigation import COHORT
from components.ui.streamlit_internals import back_or_forward
from components.ui.study import CHOSEN, WANTED, imported
from components.ui.upload import turn_to


def settle(file: str) -> None:
    """Keep the address and the study of the session together; where they part, ask, and end the run of the page.

    The page ``file`` that opens cohorts is shown whatever the address says: it names the study that is open.
    """
    own = imported()
    chosen = bool(st.session_state.pop(CHOSEN, False))
    asked = None if chosen or (own is None and _waits()) else address.data_asked()
    if own is not None:
        here = written(own.provenance)
        address.name_data(here)
        if asked is not None and asked != here and (asked or back_or_forward()) and file != COHORT:
            _ask_beside(asked, own.provenance.name)
            st.stop()
        return
    if asked is not None and is_own(asked):
        st.session_state[WANTED] = asked
    elif chosen or asked is not None:
        st.session_state.pop(WANTED, None)
    wanted = str(st.session_state.get(WANTED, ""))
    address.name_data(wanted)
    if wanted and file != COHORT:
        address.name_now()
        _ask_anew(wanted)
        st.stop()


def _waits() -> bool:
    """Whether the visitor was asked and has neither chosen nor gone Back or Forward since."""
    return WANTED in st.session_state and not back_or_forward()


def show_wanted() -> None:
    """On the page that opens cohorts: that the one which the address showed is not open."""
    wanted = str(st.session_state.get(WANTED, ""))
    if wanted:
        with st.container(horizontal=True, vertical_alignment="center", key="study-wanted"):
            escaped.warning(words.add_again(fingerprint(wanted)), icon=":material/link_off:", width="stretch")
            escaped.button(words.RECONSTRUCTED, on_click=turn_to, args=(None,), type="tertiary", width="content")


def _ask_anew(wanted: str) -> None:
    with st.container(border=True, key="study-not-open"):
        escaped.subheader(words.NOT_OPEN, anchor=False)
        escaped.text(words.lost(fingerprint(wanted)))
        with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
            escaped.page_link(COHORT, label=words.OPEN_AGAIN, icon=":material/folder_open:", width="content")
            escaped.button(words.RECONSTRUCTED, on_click=turn_to, args=(None,), icon=":material/undo:")


def _ask_beside(asked: str, name: str) -> None:
    """Another study is open than the one that the address showed."""
    with st.container(border=True, key="study-not-open"):
        escaped.subheader(words.NOT_OPEN if is_own(asked) else words.OTHER_OPEN, anchor=False)
        escaped.text(words.beside(fingerprint(asked) if is_own(asked) else "", name))
        with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
            escaped.button(words.stay(name), on_click=_stay, icon=":material/folder_open:")
            if is_own(asked):
                escaped.page_link(COHORT, label=words.OPEN_AGAIN, icon=":material/upload_file:", width="content")
            escaped.button(
                words.RECONSTRUCTED, on_click=turn_to, args=(None,), icon=":material/undo:", help=words.CLOSES
            )


def _stay() -> None:
    st.session_state[CHOSEN] = True
