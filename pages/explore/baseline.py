"""Who was treated, and how do the groups compare at the start?"""

from components.analysis.baseline import baseline
from components.panels.baseline import baseline_panel
from components.ui import baseline_controls, controls
from components.ui.shown import shown
from components.ui.table_files import show_with_files
from components.wording.baseline import Display

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
