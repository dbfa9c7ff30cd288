"""How long do patients live, and which groups differ?"""

import streamlit as st

from components.survival.analysis import TWO_YEARS, survival
from components.survival.pairwise import pairs
from components.survival.pairwise_panel import pairs_panel
from components.survival.pairwise_words import DEALING
from components.survival.pairwise_words import OPEN as EVERY_PAIR
from components.survival.panel import survival_panel
from components.survival.time_varying import time_varying
from components.survival.time_varying_panel import time_varying_panel
from components.survival.time_varying_words import OPEN
from components.ui import controls
from components.ui.panel_view import show
from components.ui.shown import shown

here = shown()
dictionary = here.cohort.dictionary

with controls.row():
    endpoint = controls.endpoint(dictionary)
    factor = controls.compared_factor(dictionary)
    landmark = controls.landmark_day(here.whole, factor)
    view = controls.survival_view(here.last_day, landmark or 0)

controls.say_not_offered(dictionary)

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
