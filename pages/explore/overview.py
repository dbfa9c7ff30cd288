"""Who are the patients, and how did they fare?"""

import streamlit as st

from components.baseline.analysis import baseline
from components.core.groups import ALL
from components.core.missing_words import each_missing
from components.courses.analysis import course
from components.overview import panels, words
from components.overview.flow import flow
from components.safety.reactions import reactions
from components.survival.analysis import survival
from components.survival.words import nobody_left
from components.ui import visit
from components.ui.cards import card, cards, numbers
from components.ui.shown import shown
from components.ui.study import opened_study

here = shown()
cohort, dictionary, method = here.cohort, here.cohort.dictionary, here.method
outcome = cohort.of_population("outcome")
subtype, steroids = dictionary.factor.get("subtype"), dictionary.measure["prednisolone"]
lived, unprogressed = dictionary.death, dictionary.in_role("progression")
followed = tuple(endpoint for endpoint in (lived, unprogressed) if endpoint is not None)
untold = [entry for entry in map(dictionary.missing, ("progression", "prednisolone", "reactions")) if entry is not None]
table = baseline(cohort, variables=dictionary.listed(("sex", "age")), method=method)
reacted = reactions(cohort, method=method)

st.markdown(words.introduction(cohort.provenance))
if not cohort.n:
    st.info(nobody_left(), icon=":material/info:")
    st.stop()

overall = tuple(survival(outcome, endpoint, method=method) for endpoint in followed)
numbers(words.figures_in_short(table, overall, None if dictionary.missing("reactions") else reacted.patients(ALL)))

grid = cards()
factors = tuple(factor.key for factor in dictionary.factors if factor.always)
card(
    grid,
    panels.composition_panel(baseline(cohort, variables=factors)),
    visit.BASELINE,
    words.TO_BASELINE,
    "composition",
)
card(grid, panels.flow_panel(flow(here.filter.of(opened_study()))), visit.TREATMENT, words.TO_TREATMENT, "flow")
for endpoint in followed:
    result = survival(outcome, endpoint, subtype, method=method)
    panel = panels.small_survival_panel(result)
    card(grid, panel, visit.SURVIVAL, words.TO_SURVIVAL, endpoint.key, endpoint=endpoint.label)
if not dictionary.missing("prednisolone"):
    taper = course(cohort, steroids, receiving_only=True, method=method)
    card(grid, panels.taper_panel(taper), visit.TREATMENT, words.TO_TREATMENT, "taper")
if not dictionary.missing("reactions"):
    frequent = panels.frequent_reactions_panel(reacted)
    visit.open_reactions(card(grid, frequent, visit.SAFETY, words.TO_SAFETY, "frequent", clickable=True))
if untold:
    st.caption(each_missing(untold))
