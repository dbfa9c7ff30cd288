from __future__ import annotations

import csv
import re
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest

from components.baseline.analysis import baseline
from components.baseline.panel import baseline_panel
from components.baseline.words import Display
from components.chart.picture import INCH
from components.core.analysis_set import analysis_set
from components.core.method import Method
from components.core.panel import Panel
from components.core.table import Table
from components.export.bundle import bundle
from components.export.pages import EDGE, Paragraph, text_pages, with_foot
from components.export.report import Report, report_html, report_pdf
from components.export.report_words import items
from components.export.stamp import Stamp, stamp
from components.survival.analysis import follow_up_of, median_follow_up, survival
from components.survival.pairwise import pairs
from components.survival.pairwise_panel import pairs_panel
from components.survival.panel import survival_panel
from data.cohort import Cohort
from data.filters import Filter
from tests.export.conftest import ON, VIEW


@pytest.fixture
def report(panels: dict[int, Panel], six_groups: Cohort, stamped: Stamp) -> Report:
    return Report("How long do patients live?", panels[6], stamped, six_groups, 30)


class Attendance(HTMLParser):
    """Every element with its attributes, and the text of the page."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(content.decode("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_html_asks_nobody_for_anything(report: Report) -> None:
    seen = Attendance(report_html(report))
    tags = [tag for tag, _ in seen.elements]
    assert tags.count("svg") == 1
    assert not {"script", "link", "img", "iframe"} & set(tags)
    asked = [
        value for _, parts in seen.elements for name, value in parts.items() if name in {"src", "href", "xlink:href"}
    ]
    assert all(value is not None and value.startswith("#") for value in asked)
    assert "@import" not in seen.text
    assert not re.search(r"url\((?!#)", report_html(report).decode())


def test_what_must_be_read_first_stands_before_the_figure(report: Report) -> None:
    warned = replace(report, panel=replace(report.panel, notices=("Only five patients.",)))
    html = report_html(warned).decode()
    assert 0 < html.index("<p class='first'>Only five patients.</p>") < html.index("<svg")


def test_the_html_names_its_language(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ("html", {"lang": "en"}) in Attendance(report_html(report)).elements
    monkeypatch.setattr("components.export.report.LANGUAGE", "ja")
    assert ("html", {"lang": "ja"}) in Attendance(report_html(report)).elements


def test_the_html_holds_question_numbers_methods_and_items(report: Report) -> None:
    seen = Attendance(report_html(report))
    for text in (report.question, report.panel.alt, *report.patients, *report.methods, report.stamp.lines[-1]):
        assert text in seen.text
    for table in (*report.tables, report.items):
        for row in table.rows:
            assert all(cell in seen.text for cell in row)
    assert "30 patients, 6 deaths to month 39. Median follow-up" in seen.text


def test_the_methods_are_those_of_the_code_that_ran(six_groups: Cohort) -> None:
    other = Method("efron", "plain", "KMunicate", 0.9)
    result = survival(six_groups, six_groups.dictionary.endpoints[0], six_groups.dictionary.factor["sex"], method=other)
    panel = survival_panel(result, VIEW)
    own = stamp(six_groups, Filter(()), panel, ON)
    found = " ".join(Report("", panel, own, six_groups, 30).methods)
    assert "Efron ties" in found
    assert "plain 90% limits" in found
    assert "still followed after the day" in found


def test_the_follow_up_has_the_limits_that_were_chosen(six_groups: Cohort) -> None:
    """Limits at 50 % are narrower than those at 95 %."""
    narrow = Method(level=0.5)
    result = survival(six_groups, six_groups.dictionary.endpoints[0], method=narrow)
    panel = survival_panel(result, VIEW)
    found = Report("", panel, stamp(six_groups, Filter(()), panel, ON), six_groups, 30).follow_up
    assert found == median_follow_up(six_groups, narrow)
    assert found.lower != median_follow_up(six_groups).lower


def test_panels_of_one_page_tell_one_follow_up(six_groups: Cohort) -> None:
    """A result without conventions of its own is reported with those of the view, as the one beside it is."""
    dictionary, chosen = six_groups.dictionary, Method(level=0.5)
    death, sex = dictionary.endpoints[0], dictionary.factor["sex"]
    shown = (
        survival_panel(survival(six_groups, death, sex, method=chosen), VIEW),
        pairs_panel(pairs(six_groups, death, sex, permutations=20)),
    )
    told = [
        Report("", panel, stamp(six_groups, Filter(()), panel, ON, chosen), six_groups, 30).follow_up for panel in shown
    ]
    assert told == 2 * [follow_up_of(analysis_set(six_groups), chosen)]
    assert told[0] != follow_up_of(analysis_set(six_groups))


def test_methods_speak_of_what_ran_alone(panels: dict[int, Panel], six_groups: Cohort, stamped: Stamp) -> None:
    def told(panel: Panel) -> str:
        own = Stamp(**{**vars(stamped), "method": panel.note})
        return " ".join(Report("", panel, own, six_groups, 30).methods)

    alone, grouped = told(panels[1]), told(panels[6])
    assert "hazard ratio" not in alone.lower()
    assert "log-rank" not in alone.lower()
    assert "unadjusted" not in alone
    for words in ("Kaplan and Meier 1958", "Klein and Moeschberger", "Schemper and Smith 1996", "is censored on"):
        assert words in alone
    for words in ("Mantel 1966", "Breslow 1974", "Firth 1993", "Venzon", "Grambsch", "unadjusted"):
        assert words in grouped
    table = baseline_panel(baseline(six_groups, six_groups.dictionary.factor["sex"]), Display())
    counted = told(table)
    assert "Endpoint" not in counted
    assert "is censored on" not in counted
    assert "quartiles" in counted
    assert "lifelines" not in counted
    assert "standardized" not in counted
    male, female = six_groups.dictionary.factor["sex"].levels
    compared = baseline_panel(table.result, Display(compared=(female, male)))
    assert "standardized differences" in told(compared)


def test_items_are_named_only_where_something_answers_them() -> None:
    numbers = {(item.guideline, item.number) for item in items("survival", grouped=True)}
    alone = {(item.guideline, item.number) for item in items("survival", grouped=False)}
    assert numbers - alone == {("STROBE", "16a"), ("REMARK", "12"), ("REMARK", "15")}
    assert ("STROBE", "16c") not in {(item.guideline, item.number) for item in items("reactions", grouped=False)}


def test_the_pdf_has_a_page_for_the_figure_between_text_and_tables(report: Report) -> None:
    pdf = report_pdf(report)
    assert pdf.startswith(b"%PDF")
    sizes = [(float(w), float(h)) for w, h in re.findall(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]", pdf)]
    *text, figure, tables = sizes
    assert set(text) == {tables} != {figure}
    assert tables == pytest.approx((210 / 25.4 * 72, 297 / 25.4 * 72), abs=0.01), "A4 paper"


def test_long_tables_go_on_overleaf_under_their_headings() -> None:
    table = Table(("Name", "n"), tuple((f"Row {i}", str(i)) for i in range(120)))
    pages = text_pages([Paragraph("A title", "title"), table], 800)
    assert len(pages) == 4
    sheets = [with_foot(page, "foot", f"page {i}") for i, page in enumerate(pages)]
    texts = [[text.get_text() for text in sheet.axes[0].texts] for sheet in sheets]
    assert [page[-2:] for page in texts] == [["foot", f"page {i}"] for i in range(4)]
    assert all({"Name", "n"} <= set(page) for page in texts)
    assert [text for page in texts for text in page if text.startswith("Row")] == [f"Row {i}" for i in range(120)]


def test_a_wide_table_stays_on_its_page() -> None:
    table = Table(tuple(f"A column {c}" for c in range(9)), (tuple("1234.5 (67.8)" for _ in range(9)),))
    (page,) = text_pages([table], 1000)
    ends = [
        text.get_position()[0] * INCH for text in page.sheet.axes[0].texts if text.get_horizontalalignment() == "right"
    ]
    assert max(ends) <= (1000 - EDGE) * page.scale


def unpacked(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_archive_holds_everything_behind_the_view(report: Report) -> None:
    files = unpacked(bundle(report, patients=True))
    assert {
        "README.txt",
        "report.html",
        "figure.png",
        "numbers.csv",
        "patients.csv",
        "reproduce.py",
        "reproduce.R",
    } <= set(files)
    rows = list(csv.DictReader(StringIO(files["patients.csv"].decode())))
    assert [row["patient"] for row in rows] == list(report.cohort.patients["patient"])


def test_the_archive_holds_what_was_recorded_over_time(cohort: Cohort, stamped: Stamp) -> None:
    some = cohort.where((cohort.patients["patient"] == "P1").to_numpy())
    panel = survival_panel(survival(some, some.dictionary.endpoints[0]), VIEW)
    files = unpacked(bundle(Report("", panel, stamped, some, 7), patients=True))
    rows = list(csv.DictReader(StringIO(files["measurements.csv"].decode())))
    assert {row["patient"] for row in rows} == {"P1"}
    assert len(rows) == len(some.measurements)
    assert len(files["reactions.csv"].decode().splitlines()) == 1 + 3
    assert files["treatments.csv"].decode().splitlines()[1].startswith("P1,0,tacrolimus,start")
    assert "measurements.csv" not in unpacked(bundle(Report("", panel, stamped, some, 7), patients=False))


def test_without_patients_the_archive_is_aggregated(report: Report) -> None:
    files = unpacked(bundle(report, patients=False))
    assert sorted(files) == ["README.txt", "figure.png", "report.html", "table-1.csv", "table-2.csv", "table-3.csv",
                             "table-4.csv", "table-5.csv"]  # fmt: skip
    everything = b"".join(content for name, content in files.items() if not name.endswith(".png"))
    everything = re.sub(rb"data:image[^\"']+", b"", everything)  # three letters may stand in a picture by chance
    assert not any(name.encode() in everything for name in report.cohort.patients["patient"] if len(name) > 2)
