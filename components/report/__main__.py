"""Command: write the panels of a page as files, the same as the page shows, without a browser.

``python -m components.report --page survival --query "subtype=cadm&by=sex" --out folder [--cohort patients.csv ...]``
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from app import PAGES
from components.core.ledger import Ledger
from components.core.page_words import ignored_notice
from components.core.panel import Panel
from components.export.image import picture
from components.export.numbers import numbers_file
from components.export.report import Report, report_html
from components.export.stamp import stamp
from components.links.computed import asked, computed
from components.links.looked_at import looked_at
from components.links.page_input import PageInput
from components.looks.words import carried
from data.cohort import Cohort
from data.language import say, say_counted
from data.reading.read import opened, reconstructed_cohort
from data.recorded import with_recorded_variables

COMPUTED = {page.address: page for page in PAGES if page.panels is not None}


def files_of(panel: Panel, here: PageInput, question: str, on: date, looked: tuple[str, ...] = ()) -> dict[str, bytes]:
    """The report of a panel, its figure and its numbers, by the name of their file; what there is not is left out.

    ``looked`` says which of the comparisons that were looked at the panel shows.
    """
    stamped = stamp(here.cohort, here.filter, panel, on, here.method, looked)
    everybody = here.study.of_population(stamped.analysed.population.key)
    files = {"report.html": report_html(Report(question, panel, stamped, here.cohort, everybody.n))}
    if panel.figure is not None:
        files["figure.png"] = picture(panel.figure, "png", panel.title, stamped.lines, strip=panel.strip)
    if panel.figure is not None or panel.tables:
        files["numbers.csv"] = numbers_file(panel, stamped)
    return files


def study_in(files: Sequence[Path]) -> Cohort | None:
    """The reconstructed cohort without ``files``, else the one they hold; None, and why, where they hold none."""
    if not files:
        return reconstructed_cohort()
    try:
        content = {file.name: file.read_bytes() for file in files}
    except OSError as error:
        _complain(say("{filename} cannot be read: {strerror}.", filename=error.filename, strerror=error.strerror))
        return None
    found = opened(content, files[0].stem)
    for issue in found.issues:
        where = (
            say_counted(len(issue.rows), ", row {rows}", ", rows {rows}", rows=", ".join(map(str, issue.rows)))
            if issue.rows
            else ""
        )
        _complain(f"{issue.severity}: {issue.table} {issue.column}{where}: {issue.wrong} {issue.remedy}")
    return None if found.cohort is None else with_recorded_variables(found.cohort)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write a folder for each panel; 1 when the cohort cannot be opened or the page shows no panel."""
    parser = argparse.ArgumentParser(prog="python -m components.report", description=__doc__.partition("\n")[0])
    parser.add_argument("--page", required=True, choices=sorted(COMPUTED), help=say("the page by its address"))
    parser.add_argument("--query", default="", help=say("what a link says behind the question mark"))
    parser.add_argument("--out", type=Path, required=True, help=say("the folder that holds a folder for each panel"))
    parser.add_argument("--cohort", type=Path, nargs="+", default=[], help=say("the files of an own cohort"))
    parser.add_argument("--folded", action="store_true", help=say("also what the page folds away"))
    parser.add_argument("--list-patients", action="store_true", help=say("show single patients of an own cohort"))
    parser.add_argument("--patient", default="", help=say("the patient to follow"))
    chosen = parser.parse_args(arguments)
    page, study = COMPUTED[chosen.page], study_in(chosen.cohort)
    if study is None:
        return 1
    single = chosen.list_patients or study.provenance.kind == "reconstructed"
    followed = chosen.patient if single else ""
    found = asked(page, study, chosen.query.lstrip("?"), single=single, followed=followed, others=PAGES)
    if found.link.ignored:
        _complain(ignored_notice(found.link.ignored))
    on, written, ledger = datetime.now(tz=UTC).astimezone().date(), 0, Ledger()
    for part, panel in computed(page, found, folded=chosen.folded):
        folder = chosen.out / part.key
        folder.mkdir(parents=True, exist_ok=True)
        seen = looked_at(panel, found.here, page.address)
        ledger = ledger.with_entries(seen)
        looked = carried(ledger, seen)
        for name, content in files_of(panel, found.here, page.question, on, looked).items():
            (folder / name).write_bytes(content)
            written += 1
            sys.stdout.write(f"{folder / name}\n")
    if not written:
        _complain(say("The page shows no panel in this view. The page of one patient has panels with --patient."))
    return 0 if written else 1


def _complain(text: str) -> None:
    sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main())
