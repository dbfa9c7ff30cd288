"""Which findings at the start go with death or progression?"""

from components.prognosis.panel import prognosis_panel
from components.survival.hazard_ratios import prognosis
from components.ui import controls
from components.ui.panel_view import show
from components.ui.shown import shown
from components.ui.visit import open_survival

here = shown()

with controls.row():
    endpoint = controls.endpoint(here.cohort.dictionary)
    factors = controls.prognostic_factors(here.cohort.dictionary)
    horizon = controls.horizon()

controls.say_not_offered(here.cohort.dictionary)

result = prognosis(here.cohort, endpoint, factors, here.method, horizon)
clicked = show(prognosis_panel(result), key="forest", clickable=True)
open_survival(here.cohort.dictionary, clicked, endpoint, cut=horizon is not None)
