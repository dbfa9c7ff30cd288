"""Choosing one patient: from a list, from a table, or by a click elsewhere."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from components.patient import words
from components.ui import escaped
from components.ui.shown import shown
from components.ui.study import follow_patient, followed_patient
from data.cohort import Cohort

CHOSEN, TABLE = "patient chosen", "patients to choose from"


def choose(cohort: Cohort) -> None:
    """The list to choose a patient of ``cohort`` from."""
    names = cohort.names.tolist()
    followed = followed_patient()
    st.session_state[CHOSEN] = followed if followed in names else None
    escaped.selectbox(
        words.CHOOSE,
        names,
        key=CHOSEN,
        placeholder=words.CHOOSE_HINT,
        help=words.CHOOSE_HELP,
        on_change=_choose,
        width=260,
    )
    if followed and followed not in names:
        escaped.warning(words.filtered_away(followed), icon=":material/filter_alt:")


def _choose() -> None:
    follow_patient(st.session_state[CHOSEN] or "")


def roster(cohort: Cohort, *, opened: bool) -> None:
    """The patients of ``cohort`` as a table; a click on a row chooses the patient."""
    with escaped.expander(words.ROSTER, expanded=opened, key="roster", on_change="rerun") as box:
        if box.open:
            st.dataframe(
                _table(cohort),
                key=TABLE,
                hide_index=True,
                on_select=_choose_row,
                selection_mode="single-row",
                height=320,
                placeholder="",
            )


def _table(cohort: Cohort) -> pd.DataFrame:
    columns = ("patient", "age", "sex", "subtype", "last_day", "progression_day", "death_day")
    return pd.DataFrame({name: _column(cohort, key) for name, key in zip(words.COLUMNS, columns, strict=True)})


def _column(cohort: Cohort, key: str) -> pd.Series:
    """A column of the patients as it is shown: levels by their labels."""
    cells, factor = cohort.patients[key], cohort.dictionary.factor.get(key)
    return cells.map({level.word: level.label for level in factor.levels}) if factor else cells


def _choose_row() -> None:
    rows = st.session_state[TABLE].selection.rows
    if rows:
        follow_patient(str(shown().cohort.names.iloc[rows[0]]))
