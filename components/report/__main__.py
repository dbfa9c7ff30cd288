"""Command: write the panels of a page as files, the same as the page shows, without a browser.

``python -m components.report --page survival --query "subtype=cadm&by=sex" --out folder [--cohort patients.csv ...]``
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from app import PAGES
from components.core.ledger import Ledger
from components.core.markup import plain
from components.core.numbers import joined
from components.core.page_words import ignored_notice, other_data, quoted
from components.core.panel import Panel
from components.core.small_counts import forced, hidden
from components.export.image import picture
from components.export.numbers import numbers_file
from components.export.report import Report, report_html
from components.export.stamp import stamp
from components.links.computed import Asked, asked, computed
from components.links.given import parts
from components.links.looked_at import looked_at
from components.links.page import Page
from components.links.page_input import PageInput
from components.links.part import Part, Said
from components.links.study import is_own, written
from components.looks.words import carried
from data.cohort import Cohort
from data.language import say
from data.reading.read import opened, reconstructed_cohort
from data.recorded import with_recorded_variables

COMPUTED = {page.address: page for page in PAGES if page.panels is not None}


def files_of(panel: Panel, here: PageInput, question: str, on: date, looked: tuple[str, ...] = ()) -> dict[str, bytes]:
    """The report of a panel, its figure and its numbers, by the name of their file; what there is not is left out.

    ``looked`` says which of the comparisons that were looked at the panel shows.
    """
    stamped = stamp(here.cohort, here.filter, panel, on, here.method, looked, hides=here.hides)
    everybody = here.study.of_population(stamped.analysed.population.key)
    with hidden(hides=here.hides):
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
        _complain(f"{issue.severity}: {issue.sentence}")
    return None if found.cohort is None else with_recorded_variables(found.cohort)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write a folder for each panel; 1, and why, when there is nothing to write, or not there."""
    parser = argparse.ArgumentParser(prog="python -m components.report", description=__doc__.partition("\n")[0])
    parser.add_argument("--page", required=True, help=say("the page by its address or its name in the menu"))
    parser.add_argument("--query", default="", help=say("a copied link, or what stands in it behind the question mark"))
    parser.add_argument("--out", type=Path, required=True, help=say("the folder that holds a folder for each panel"))
    parser.add_argument("--cohort", type=Path, nargs="+", default=[], help=say("the files of an own cohort"))
    parser.add_argument("--folded", action="store_true", help=say("also what the page folds away"))
    parser.add_argument("--list-patients", action="store_true", help=say("show single patients of an own cohort"))
    parser.add_argument("--small-counts", action="store_true", help=say("show counts of 1 to 4 of an own cohort"))
    parser.add_argument("--patient", default="", help=say("the patient to follow"))
    chosen = parser.parse_args(arguments)
    page = page_named(chosen.page)
    if page is None:
        _complain(no_page(chosen.page))
        return 1
    study = study_in(chosen.cohort)
    if study is None:
        return 1
    hides = False if chosen.small_counts and not forced() else None
    single = chosen.list_patients or study.provenance.kind == "reconstructed"
    followed = chosen.patient if single else ""
    found = asked(page, study, query_in(chosen.query), single=single, followed=followed, others=PAGES, hides=hides)
    if (data := found.link.data) and data != written(study.provenance):
        if is_own(data):
            _complain(say("The link shows a cohort that is not open here. Name its files with --cohort."))
            return 1
        _complain(other_data(data))
    if found.link.ignored:
        _complain(ignored_notice(found.link.ignored))
    if followed and not (found.here.cohort.names == followed).any():
        _complain(say("{patient} is none of the patients shown.", patient=quoted(followed)))
    shown = list(computed(page, found, folded=chosen.folded)) or list(computed(page, found, folded=True))
    if not shown:
        for sentence in instead(page, found):
            _complain(sentence)
        return 1
    try:
        _write(shown, found, page, chosen.out)
    except OSError as error:
        _complain(say("{filename} cannot be written: {strerror}.", filename=error.filename, strerror=error.strerror))
        return 1
    return 0


def page_named(name: str) -> Page | None:
    """The page of this address, or else of this name in the menu; None where none of them has panels."""
    wanted = name.strip().strip("/").casefold()
    by_title = (page for page in COMPUTED.values() if page.title.casefold() == wanted)
    return COMPUTED.get(wanted) or next(by_title, None)


def no_page(name: str) -> str:
    """That there is no such page, or that it has no panels, and which there are."""
    itself = next((page for page in PAGES if page.address == name.casefold() or page.title == name), None)
    wrong = (
        say("There is no page {name}.", name=quoted(name))
        if itself is None
        else say("The page {name} belongs to a session and has no panels.", name=quoted(itself.title))
    )
    listed = joined([f"{page.address} ({page.title})" for page in COMPUTED.values()])
    return say("{wrong} Pages with panels: {listed}.", wrong=wrong, listed=listed)


def query_in(link: str) -> str:
    """What a link says behind its question mark, or a text that is no link as it stands."""
    before, mark, query = link.partition("?")
    return (query if mark and "=" not in before else link).partition("#")[0]


def instead(page: Page, found: Asked) -> Iterator[str]:
    """The sentences of a page that has no panel in a view."""
    told = [piece.text for piece in parts(page, found.here, found.link.view) if isinstance(piece, Said)]
    yield say("The page shows no panel in this view.")
    yield from map(plain, told)
    if page.address == "patient":
        yield say("The page of one patient has panels with --patient and a code.")


def _write(shown: Iterable[tuple[Part, Panel]], found: Asked, page: Page, out: Path) -> None:
    on, ledger = datetime.now(tz=UTC).astimezone().date(), Ledger()
    for part, panel in shown:
        folder = out / part.key
        folder.mkdir(parents=True, exist_ok=True)
        seen = looked_at(panel, found.here, page.address)
        ledger = ledger.with_entries(seen)
        looked = carried(ledger, seen)
        for name, content in files_of(panel, found.here, page.question, on, looked).items():
            (folder / name).write_bytes(content)
            sys.stdout.write(f"{folder / name}\n")


def _complain(text: str) -> None:
    sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main())
