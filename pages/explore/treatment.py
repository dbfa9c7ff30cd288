"""How much of which drug, for how long, and why was it stopped?"""

import streamlit as st

from components.courses.analysis import course
from components.courses.axis_range import extent
from components.courses.panels import course_panel
from components.safety.panels import stops_panel
from components.survival.analysis import survival
from components.survival.panel import survival_panel
from components.treatment import panels, words
from components.treatment.concomitant import concomitant
from components.treatment.discontinuation import discontinuation
from components.treatment.taper import shares
from components.treatment.time_in_range import time_in_range
from components.ui import controls, course_controls
from components.ui.panel_view import show
from components.ui.shown import shown
from components.ui.study import followed_patient, rows_allowed
from components.ui.table_files import show_with_files
from components.ui.visit import open_patient
from data.variables import TREATMENT

here = shown()
dictionary = here.cohort.dictionary
measure, persisted = dictionary.measure, dictionary.in_role("persistence")
dose, trough, steroids, persistence, other = course_controls.parts()
needed = ((dose, ("tacrolimus_per_kg", "tacrolimus")), (trough, ("trough",)), (steroids, ("prednisolone",)))
for part, keys in (*needed, (persistence, ("persistence",))):
    if part.open:
        with part:
            if controls.without_data(dictionary, *keys):
                st.stop()

if dose.open:
    with dose:
        with controls.row():
            by = controls.compared_factor(dictionary, "split", "", known_at_start=True)
            form = course_controls.form()
            drug = course_controls.dose_unit((measure["tacrolimus_per_kg"], measure["tacrolimus"]))
        result = course(here.cohort, drug, by, apart=False, method=here.method)
        view = course_controls.view(form)
        panel = course_panel(result, extent(here.whole, drug), view)
        open_patient(show_with_files(panel, here, "dose", hint=course_controls.hint(form)))

if trough.open:
    with trough:
        with controls.row():
            by = controls.compared_factor(dictionary, "split", "", known_at_start=True)
            form = course_controls.form(narrow=True)
            band = course_controls.target(measure["trough"])
            gap = course_controls.gap()
        result = course(here.cohort, measure["trough"], by, band=band, apart=False, method=here.method)
        view = course_controls.view(form, gap=gap)
        panel = panels.trough_panel(result, extent(here.whole, measure["trough"]), view)
        open_patient(show_with_files(panel, here, "trough", hint=course_controls.hint(form)))
        times = time_in_range(here.cohort, measure["trough"], *band, by, gap, here.method)
        panel = panels.time_panel(times, followed_patient(), single=rows_allowed())
        open_patient(show_with_files(panel, here, "time-in-range", hint=words.CLICK_BAR if rows_allowed() else ""))

if steroids.open:
    with steroids:
        with controls.row():
            by = controls.compared_factor(dictionary, "split", "", known_at_start=True)
            form = course_controls.form()
            only = course_controls.receiving_only()
        drug = measure["prednisolone"]
        result = course(here.cohort, drug, by, receiving_only=only, apart=False, method=here.method)
        panel = course_panel(result, extent(here.whole, drug, receiving_only=only), course_controls.view(form))
        open_patient(show_with_files(panel, here, "steroids", hint=course_controls.hint(form)))
        tapered = shares(here.cohort, drug, by=by, receiving_only=only)
        show_with_files(panels.taper_panel(tapered), here, "taper")

if persistence.open and persisted is not None:
    with persistence:
        with controls.row():
            by = controls.compared_factor(dictionary, "split", "", known_at_start=True)
            curves = controls.survival_view(here.last_day)
        kept = survival(
            here.cohort, persisted, by, curves.at_days, curves.ticks, method=here.method, until=curves.horizon
        )
        show(survival_panel(kept, curves), key="persistence")
        stopped = discontinuation(here.cohort, by, here.method)
        show_with_files(stops_panel(stopped, by.levels if by else (), listed=rows_allowed()), here, "reasons")

if other.open:
    with other:
        with controls.row():
            by = controls.compared_factor(dictionary, "split", "", known_at_start=True)
        show_with_files(panels.concomitant_panel(concomitant(here.cohort, TREATMENT, by)), here, "concomitant")
