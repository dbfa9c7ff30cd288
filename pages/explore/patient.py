"""What happened to one patient?"""

import streamlit as st

from components.courses.axis_range import extent
from components.patient import words
from components.patient.history import history
from components.patient.panel import patient_panel
from components.ui import patient_controls
from components.ui.panel_view import show
from components.ui.shown import shown

here = shown()

if patient_controls.may_be_shown():
    chosen = patient_controls.patient(here.cohort)
    if chosen:
        result = history(here.cohort, chosen)
        st.markdown(f"**{words.header(result)}**")
        extents = {course.measure.key: extent(here.whole, course.measure) for course in result.courses}
        show(patient_panel(result, extents, here.whole.provenance), key="patient")
    else:
        st.caption(words.none_chosen())
    patient_controls.roster(here.cohort, opened=not chosen)
