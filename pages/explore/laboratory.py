"""How do lung function and laboratory values move over two years?"""

import streamlit as st

from components.core.missing_words import each_missing
from components.courses import words
from components.courses.analysis import course
from components.courses.axis_range import extent
from components.courses.mixed_course import mixed_course
from components.courses.panels import course_panel, multiples_panel
from components.ui import controls, course_controls
from components.ui.shown import shown
from components.ui.table_files import show_with_files
from components.ui.visit import open_patient

here = shown()
measures = here.cohort.dictionary.of_kind("laboratory")

dictionary = here.cohort.dictionary
missing = [entry for entry in dictionary.measures if entry.kind == "laboratory" and dictionary.missing(entry.key)]
if not measures:
    st.info(each_missing(missing), icon=":material/info:")
    st.stop()

with controls.row():
    value = course_controls.measure(measures)
    by = controls.compared_factor(here.cohort.dictionary, "group", "", known_at_start=True)
    scale = course_controls.scale()
    form = course_controls.form("drawn", narrow=True)
    options = course_controls.options(scale)

drawn = (value,) if value else measures
results = [
    course(here.cohort, entry, by, scale, only_pairs=options.pairs, apart=options.apart, method=here.method)
    for entry in drawn
]
if missing:
    st.caption(words.not_measured_here(missing))
extents = [extent(here.whole, entry, scale) for entry in drawn]
with course_controls.fitting(options):
    models = [
        mixed_course(here.cohort, entry, by, scale, logarithmic=options.logarithmic, method=here.method)
        if options.model
        else None
        for entry in drawn
    ]
view = course_controls.view(form, options)
if value:
    panel = course_panel(results[0], extents[0], view, models[0])
else:
    panel = multiples_panel(results, extents, view, models)
open_patient(show_with_files(panel, here, "laboratory", hint=course_controls.hint(form)))
