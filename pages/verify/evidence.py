"""Does this cohort give back every number that was published?"""

import streamlit as st

from components.core.page_words import provenance_line
from components.evidence import words
from components.evidence.fidelity import reasons, remarks
from components.evidence.panel import agreement_panel, fidelity_panel
from components.ui import escaped, evidence
from components.ui.panel_view import show
from components.ui.shown import show_everybody
from components.ui.study import opened_study

study = opened_study()
show_everybody(study)
published = evidence.published()
compared = evidence.compared_with_the_paper(study)
escaped.caption(f"{provenance_line(study.provenance)}. {words.EVERYBODY}")

if compared is None:
    escaped.info(words.IMPORTED, icon=":material/info:")
    contradictions, unanswerable = st.tabs([words.CONTRADICTIONS, words.UNANSWERABLE])
else:
    show(fidelity_panel(compared[0]), key="fidelity")
    evidence.show_fixed_and_open()
    names = [words.NUMBERS, words.CONTRADICTIONS, words.UNANSWERABLE, words.AGREEMENT, words.CONVENTIONS]
    numbers, contradictions, unanswerable, agreement, conventions = st.tabs(names)
    with numbers:
        chosen = evidence.chosen_numbers(compared[0])
        evidence.show_numbers(words.numbers_table(compared[0], chosen))
    with agreement:
        evidence.show_agreement(agreement_panel(compared[1]))
    with conventions:
        escaped.points(words.conventions())

with contradictions:
    evidence.show_sayings(words.sayings(remarks(published)), words.CONTRADICTIONS_NOTE)
with unanswerable:
    evidence.show_sayings(words.sayings(reasons(published)), words.UNANSWERABLE_NOTE)
