"""How long do patients live, and which groups differ?"""

import streamlit as st

from components.analysis.pairs import pairs
from components.analysis.survival import TWO_YEARS, survival
from components.analysis.time_varying import time_varying
from components.panels.pairs import pairs_panel
from components.panels.survival import survival_panel
from components.panels.time_varying import time_varying_panel
from components.ui import controls
from components.ui.panel_view import show
from components.ui.shown import shown
from components.wording.pairs import DEALING
from components.wording.pairs import OPEN as EVERY_PAIR
from components.wording.time_varying import OPEN

here = shown()
dictionary = here.cohort.dictionary

with controls.row():
    endpoint = controls.endpoint(dictionary)
    factor = controls.compared_factor(dictionary)
    landmark = controls.landmark_day(here.whole, factor)
    view = controls.survival_view(here.last_day, landmark or 0)

tau = TWO_YEARS - (landmark or 0)
result = survival(
    here.cohort, endpoint, factor, view.at_days, view.ticks, tau, landmark, here.method, until=view.horizon
)
show(survival_panel(result, view), key="survival")

if factor is not None and len(result.curves) > 1:
    with st.expander(EVERY_PAIR, key="every pair", on_change="rerun") as closer:
        if closer.open:
            with st.spinner(DEALING):
                second = pairs(here.cohort, endpoint, factor, landmark, until=view.horizon)
            show(pairs_panel(second), key="pairs")

if factor is not None and factor.post_baseline:
    with st.expander(OPEN, key="changing", on_change="rerun") as changing:
        if changing.open:
            show(time_varying_panel(time_varying(here.cohort, endpoint, factor, here.method)), key="varying")
