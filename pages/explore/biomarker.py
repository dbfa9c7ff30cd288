"""How well does a baseline value predict death?"""

import streamlit as st

from components.biomarker import words
from components.biomarker.analysis import baseline_values, clinical_factor, continuous
from components.biomarker.hazard_by_value import hazard_by_value
from components.biomarker.panels import hazard_panel, ranking_panel, search_panel
from components.core.missing_words import each_missing
from components.survival.analysis import survival
from components.survival.panel import survival_panel
from components.ui import biomarker_controls as choose
from components.ui import controls
from components.ui.panel_view import show
from components.ui.shown import shown
from components.ui.table_files import show_with_files

here = shown()
dictionary = here.cohort.dictionary

if not continuous(dictionary):
    st.info(each_missing(dictionary.not_recorded), icon=":material/info:")
    st.stop()

with controls.row():
    entry = choose.value(dictionary)
    endpoint = controls.endpoint(dictionary, "of")

controls.say_not_offered(dictionary)

data = baseline_values(here.cohort, endpoint, entry)
clinical, hazard, ranking, search = choose.looks()

if clinical.open:
    with clinical:
        factor = clinical_factor(dictionary, entry)
        if factor is None:
            st.info(words.no_factor(entry), icon=":material/info:")
        else:
            st.caption(words.factor_sentence(factor))
            with controls.row():
                view = controls.survival_view(here.last_day)
            result = survival(
                here.cohort, endpoint, factor, view.at_days, view.ticks, method=here.method, until=view.horizon
            )
            show(survival_panel(result, view), key="clinical")

if hazard.open:
    with hazard:
        show_with_files(hazard_panel(hazard_by_value(data, choose.shape(), here.method)), here, "hazard")

if ranking.open:
    with ranking:
        rising = choose.direction(entry)
        show_with_files(ranking_panel(choose.kept_discrimination(here, data, rising)), here, "discrimination")

if search.open:
    with search:
        if choose.search_asked():
            show_with_files(search_panel(choose.kept_cut(here, data)), here, "cut-point")
