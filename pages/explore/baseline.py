"""Who was treated, and how do the groups compare at the start?"""

from components.baseline.analysis import baseline
from components.baseline.panel import baseline_panel
from components.baseline.words import Display
from components.ui import baseline_controls, controls
from components.ui.shown import shown
from components.ui.table_files import show_with_files

here = shown()

line = controls.row()
with line:
    by = controls.compared_factor(here.cohort.dictionary, "columns", width=230)
    rows = baseline_controls.rows(here.cohort.dictionary, by)
    numbers = baseline_controls.numbers()

result = baseline(here.cohort, by, rows, here.method)
with line:
    compared = baseline_controls.compared(result.columns)

show_with_files(baseline_panel(result, Display(numbers, compared), by), here, "baseline")
