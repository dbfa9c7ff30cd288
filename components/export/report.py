"""A report of the view in front of the visitor: question, patients, figure, tables, methods, reporting items.

As one HTML file that asks no other computer for anything, and as PDF. The PDF is drawn with matplotlib, which makes the
figures anyway: its pages need no further library, and the figures in it stay vectors.
"""

from __future__ import annotations

import platform
from dataclasses import dataclass
from html import escape
from importlib.metadata import version
from io import BytesIO
from typing import TYPE_CHECKING

import matplotlib as mpl
from matplotlib.backends.backend_pdf import PdfPages

from components.core.footer_words import patients_line
from components.core.markup import plain
from components.core.method import Method
from components.core.procedure import Procedure, listed
from components.core.procedure_words import sentences
from components.core.table import Table
from components.export import report_words as words
from components.export.image import SETTINGS, WIDTH, drawn, one_at_a_time, picture
from components.export.pages import Page, Paragraph, text_pages, with_foot
from components.export.table_html import breakable, heading
from components.survival.analysis import follow_up_of
from components.survival.procedures import REVERSE_KAPLAN_MEIER
from components.survival.rounded import rounded_months
from data.language import LANGUAGE

if TYPE_CHECKING:
    from components.core.estimate import Estimate
    from components.core.panel import Panel
    from components.export.stamp import Stamp
    from data.cohort import Cohort

PACKAGES = ("numpy", "scipy", "pandas", "matplotlib")
"""What every report is computed with; some procedures name another package."""

STYLE = """
body {font: 16px/1.5 system-ui, sans-serif; color: #1f2d3a; max-width: 1060px; margin: 2rem auto; padding: 0 1rem}
h1 {font-size: 1.7rem; line-height: 1.25} h2 {font-size: 1.2rem; margin-top: 2rem}
svg {max-width: 100%; height: auto}
.first {border-left: 4px solid #b34700; padding-left: 0.8rem}
.scroll {overflow-x: auto; margin-bottom: 1.2rem}
table {border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 0.9rem}
caption {text-align: left; font-weight: 600; padding: 0.6rem 0; white-space: nowrap}
th, td {padding: 0.25rem 0.7rem; text-align: right} td {white-space: nowrap}
td span, table.text td {white-space: normal}
th {border-bottom: 1.5px solid #1f2d3a; vertical-align: bottom} td {border-bottom: 1px solid #e2e7eb}
th:first-child, td:first-child {text-align: left} tr.strong td {font-weight: 600; background: #eff2f4}
tr.inner td:first-child {padding-left: 1.6rem} table.text th, table.text td {text-align: left}
@media print {h2 {break-after: avoid} table {break-inside: avoid}}
"""


@dataclass(frozen=True, eq=False)
class Report:
    """A panel with the question of its page, its stamp, the patients of the page, and how many there are unfiltered.

    ``of`` counts the population that the panel's analysis set is taken from.
    """

    question: str
    panel: Panel
    stamp: Stamp
    cohort: Cohort
    of: int

    @property
    def follow_up(self) -> Estimate:
        """The median time of follow-up of the patients shown."""
        found = follow_up_of(self.stamp.analysed, self.method)
        return rounded_months(found) if self.stamp.analysed.rounded else found

    @property
    def patients(self) -> tuple[str, ...]:
        """Who is shown: filter and population, numbers, events, follow-up."""
        made = self.stamp
        counts = words.patients_sentence(made.analysed, self.of, made.events, made.endpoint, self.follow_up)
        return patients_line(made.filter, made.analysed), counts

    @property
    def method(self) -> Method:
        """The conventions of the view, which every panel of it is computed and described with."""
        return self.stamp.conventions

    @property
    def procedures(self) -> tuple[Procedure, ...]:
        """What the panel was made with, and the follow-up of its patients."""
        own = ((procedure, True) for procedure in self.panel.procedures)
        return listed(*own, (REVERSE_KAPLAN_MEIER, self.follow_up.known))

    @property
    def methods(self) -> tuple[str, ...]:
        """How the numbers were computed: a sentence for each procedure that ran, and the versions it ran with."""
        panel = self.panel.procedures
        endpoint = getattr(self.panel.result, "endpoint", None)
        names = sorted({procedure.package for procedure in self.procedures if procedure.package})
        packages = tuple((name, version(name)) for name in (*PACKAGES, *names))
        said = (
            words.endpoint_sentence(endpoint) if endpoint is not None else "",
            words.days_sentence(self.stamp.analysed),
            words.CENSORING if any(one.on_times for one in panel) else "",
            words.MISSING,
            *sentences(self.procedures, self.method.level),
            self.stamp.method,
            words.EXPLORATORY if any(one.compares for one in panel) else "",
            words.computed_with(self.stamp.version, platform.python_version(), packages),
        )
        return tuple(sentence for sentence in said if sentence)

    @property
    def items(self) -> Table:
        """The items of reporting guidelines that the report answers, and where."""
        groups = getattr(getattr(self.panel.result, "groups", None), "labels", ())
        found = words.items(self.panel.kind, grouped=len(groups) > 1)
        return Table(words.ITEM_COLUMNS, tuple((item.guideline, item.number, item.asks, item.where) for item in found))

    @property
    def tables(self) -> tuple[Table, ...]:
        """The panel's tables, and those that repeat the figure's numbers."""
        return (*self.panel.tables, *self.panel.aside)

    @property
    def tables_under(self) -> tuple[Table, ...]:
        """The same without the one that stands over the figure."""
        return (*self.panel.tables_under, *self.panel.aside)


def report_html(report: Report) -> bytes:
    """The report as one HTML file."""
    panel, made = report.panel, report.stamp
    svg = picture(panel.figure, "svg").decode("utf-8") if panel.figure else ""
    figure = (
        f"<div role='img' aria-label='{escape(plain(panel.alt), quote=True)}'>{svg[svg.find('<svg') :]}</div>"
        if svg
        else ""
    )
    strip = _table(panel.strip) if panel.strip and figure else ""
    under = "".join(map(_table, report.tables_under))
    first = "".join(f"<p class='first'>{escape(line)}</p>" for line in panel.notices)
    body = "".join(
        (
            f"<h1>{escape(panel.title)}</h1>",
            _section(words.QUESTION, _lines((report.question,))),
            _section(words.PATIENTS, _lines(report.patients)),
            _section(words.RESULT, first + strip + figure + _lines((plain(panel.alt), *made.looked)) + under),
            _section(words.METHODS, _lines(report.methods)),
            _section(words.ITEMS, _table(report.items, kind="text")),
            _section(words.SOURCE, _lines(made.lines[-1:])),
        )
    )
    title = escape(panel.title)
    head = f"<meta charset='utf-8'><meta name='viewport' content='width=device-width'><title>{title}</title>"
    return (
        f"<!doctype html><html lang='{escape(LANGUAGE)}'><head>{head}<style>{STYLE}</style></head>"
        f"<body>{body}</body></html>".encode()
    )


def report_pdf(report: Report) -> bytes:
    """The report as PDF: A4 pages of question, patients and methods, the figure on a page of its size, the tables.

    Each page has its number and that of all, but the figure's, which is a picture as it stands.
    """
    panel, made = report.panel, report.stamp
    opening: list[Paragraph | Table] = [
        Paragraph(panel.title, "title"),
        *(Paragraph(line, "first") for line in panel.notices),
        *_paragraphs(words.QUESTION, (report.question,)),
        *_paragraphs(words.PATIENTS, report.patients),
        *_paragraphs(words.RESULT, (panel.alt, *made.looked)),
        *_paragraphs(words.METHODS, report.methods),
        *_paragraphs(words.SOURCE, made.lines[-1:]),
        Paragraph(words.ITEMS, "heading"),
        report.items,
    ]
    under = report.tables_under
    closing: list[Paragraph | Table] = [Paragraph(words.TABLES, "heading"), *under] if under else []
    out = BytesIO()
    with one_at_a_time(), mpl.rc_context(SETTINGS):
        details = {"Title": panel.title, "Creator": "Myoscope", "CreationDate": None}
        sheets: list[Page | None] = [*text_pages(opening, WIDTH), *([None] if panel.figure else [])]
        sheets += text_pages(closing, WIDTH) if closing else []
        with PdfPages(out, metadata=details) as pages:
            for i, page in enumerate(sheets, start=1):
                if page is not None:
                    pages.savefig(with_foot(page, made.lines[-1], words.page_number(i, len(sheets))))
                elif panel.figure:
                    pages.savefig(drawn(panel.figure, panel.title, made.lines, strip=panel.strip).sheet)
    return out.getvalue()


def _paragraphs(heading: str, lines: tuple[str, ...]) -> list[Paragraph]:
    return [Paragraph(heading, "heading"), *(Paragraph(line) for line in lines)]


def _section(title: str, inner: str) -> str:
    return f"<section><h2>{escape(title)}</h2>{inner}</section>"


def _lines(texts: tuple[str, ...]) -> str:
    return "".join(f"<p>{escape(text)}</p>" for text in texts)


def _table(table: Table, kind: str = "") -> str:
    if not table.rows:
        return ""
    head = "".join(f"<th scope='col'>{heading(column)}</th>" for column in table.columns)
    rows = "".join(
        f"<tr class='{'strong' if i in table.strong else 'inner' if i in table.inner else ''}'>"
        + "".join(f"<td>{breakable(cell)}</td>" for cell in row)
        + "</tr>"
        for i, row in enumerate(table.rows)
    )
    caption = f"<caption>{escape(table.caption)}</caption>" if table.caption else ""
    inner = f"<table class='{kind}'>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return f"<div class='scroll'>{inner}</div>"
