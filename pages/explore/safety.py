"""Which adverse reactions, how many, and when?"""

from components.core.groups import ALL
from components.safety import panels
from components.safety.deaths import deaths
from components.safety.first_reaction import first_reaction
from components.safety.reactions import reactions
from components.safety.reported import reaction_rows
from components.safety.words import CLICK_BAR, CLICK_DOT
from components.treatment.discontinuation import discontinuation
from components.ui import controls
from components.ui import safety_controls as choose
from components.ui.panel_view import show, show_answer
from components.ui.shown import shown
from components.ui.table_files import show_with_files
from components.ui.visit import turn_to_reactions

here = shown()
cohort, dictionary = here.cohort, here.cohort.dictionary
counts, history, ends, stops = choose.sections()

unrecorded = dictionary.missing("reactions") is not None
if (counts.open or history.open) and unrecorded:
    with counts if counts.open else history:
        controls.without_data(dictionary, "reactions")

if counts.open and not unrecorded:
    with counts, controls.row():
        by, cell, serious, fewest = choose.table(dictionary)
    with counts:
        panel = panels.reactions_panel(
            reactions(cohort, by, method=here.method), by, cell, serious=serious, fewest=fewest
        )
        turn_to_reactions(show_with_files(panel, here, "reactions", hint=CLICK_DOT if by else CLICK_BAR))

if history.open and not unrecorded:
    with history, controls.row():
        asked, by = choose.asked(here.whole), choose.groups(dictionary)
    with history:
        what, all_ = (asked.category, asked.term), reactions(cohort)
        found, grave = all_.patients(ALL, *what, serious=asked.serious), all_.patients(ALL, *what, serious=True)
        reports = reaction_rows(cohort, *what, serious=asked.serious)
        answer = panels.reports_panel(found, grave, reports, asked.sentence, all_.analysed, listed=choose.listed())
        show_answer(answer, key="reports")
        curves = first_reaction(
            cohort,
            *what,
            serious=asked.serious,
            by=by,
            method=here.method,
            at_days=choose.VIEW.at_days,
            risk_days=choose.VIEW.ticks,
        )
        show(panels.incidence_panel(curves, choose.VIEW), key="incidence")

if ends.open:
    with ends:
        by = choose.ended(dictionary)
        panel = panels.deaths_panel(deaths(cohort, by), by.levels if by else (), listed=choose.listed())
        show_with_files(panel, here, "deaths")

if stops.open:
    with stops:
        if not controls.without_data(dictionary, "persistence"):
            by = choose.ended(dictionary)
            panel = panels.stops_panel(
                discontinuation(cohort, by, here.method), by.levels if by else (), listed=choose.listed()
            )
            show_with_files(panel, here, "discontinuation")
