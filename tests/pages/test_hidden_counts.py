"""Somebody tries to read small counts of a hospital's cohort from everything that pages show and let be taken along."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from functools import cache
from itertools import groupby
from typing import Any

import numpy as np
import pytest
from scipy.optimize import linprog

from app import PAGES
from components.core.numbers import decimal
from components.core.page_words import cohort_line
from components.core.panel import Panel
from components.core.rounded import withheld_columns, withheld_parts
from components.core.small_counts import VARIABLE, hidden, rounded_down
from components.export.numbers import numbers_of
from components.export.report import Report, report_html
from components.export.stamp import stamp
from components.links.computed import Asked, asked
from components.links.given import every_panel, parts
from components.links.page import Page
from components.links.part import Part, Piece
from components.survival.analysis import median_follow_up
from data.cohort import Cohort
from data.reading.read import reconstructed_cohort

COUNTED = {page.address: page for page in PAGES if page.panels and page.population}
TABS: Mapping[str, tuple[str, ...]] = {
    "treatment": tuple(f"part={tab}" for tab in ("dose", "trough", "steroids", "persistence", "other")),
    "safety": tuple(f"section={tab}" for tab in ("counts", "history", "deaths", "stops")),
    "biomarker": tuple(f"look={tab}" for tab in ("clinical", "hazard", "ranking", "search")),
    "laboratory": ("", "value=kl6", "value=kl6&apart=true"),
    "baseline": ("", "rows=everything", "numbers=median_quartiles"),
    "survival": ("", "endpoint=progression_free", "adjust=age&by=sex"),
    "prognosis": ("", "endpoint=progression_free&horizon=two_years"),
}
CHOSEN = ("", "by=subtype", "by=anti_mda5&untested=true", "subtype=cadm&by=anti_mda5", "sex=female&by=subtype")
VIEWS = [
    (address, "&".join(part for part in (tab, chosen) if part))
    for address in COUNTED
    for tab in TABS.get(address, ("",))
    for chosen in CHOSEN
]
WHAT = "patients?|deaths?|events?|reactions?|reports?|progressions? or deaths?|values?|women|men|died|had"
IN_WORDS = re.compile(rf"(?<![\d.–\-])(\d+) (?:{WHAT})\b")
OUT_OF = re.compile(r"(?<![\d.])(\d+) of (?:these )?(\d+)\b")
OF_GROUP = re.compile(r"\bn[\s\u00a0]*=[\s\u00a0]*(\d+)")
OF_CELL = re.compile(r"^(\d+)(?: \((\d+(?:\.\d)?)\))?$")
NO_COUNTS = ("day", "month", "p", "hr", "rate", "years", "ratio", "mean", "median", "range", "iqr", "sd", "detectable")


@pytest.fixture(autouse=True)
def _hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE)


@cache
def own() -> Cohort:
    """The reconstructed cohort as if a hospital had opened it."""
    found = reconstructed_cohort()
    return replace(found, provenance=replace(found.provenance, kind="imported", name="Ward 7"))


@cache
def given(address: str, query: str) -> tuple[Asked, tuple[Piece, ...]]:
    found = asked(COUNTED[address], own(), query, single=True, others=PAGES)
    return found, tuple(parts(COUNTED[address], found.here, found.link.view))


def panels(address: str, query: str) -> Iterator[Panel]:
    for part in every_panel(given(address, query)[1]):
        yield part.panel()


def texts(value: Any) -> Iterator[str]:
    """Every text in a value, as deep as it goes."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from texts(getattr(value, field.name))
    elif isinstance(value, Mapping):
        for one in value.items():
            yield from texts(one)
    elif isinstance(value, tuple | list | frozenset | set):
        for one in value:
            yield from texts(one)


def shown_of(panel: Panel) -> Iterator[str]:
    """Every text that a panel shows or that leaves with it."""
    for field in fields(Panel):
        if field.name not in {"result", "rounded", "made_with", "compared", "kind"}:
            yield from texts(getattr(panel, field.name))
    yield from texts(numbers_of(panel).rows if panel.figure is not None else ())


def leaving(page: Page, found: Asked, panel: Panel) -> Iterator[str]:
    """Every text of the files made of a panel: stamp and report."""
    here = found.here
    made = stamp(here.cohort, here.filter, panel, date(2020, 1, 1), here.method, hides=here.hides)
    yield from made.lines
    everybody = here.study.of_population(made.analysed.population.key)
    report = Report(page.question, replace(panel, figure=None), made, here.cohort, everybody.n)
    yield from re.sub(r"<style>.*?</style>", "", report_html(report).decode(), flags=re.DOTALL).split("<")


def small(text: str) -> list[str]:
    """The counts in a text that are no multiple of five."""
    found = [one for pattern in (IN_WORDS, OF_GROUP) for one in pattern.findall(text)]
    found += [one for pair in OUT_OF.findall(text) for one in pair]
    return [one for one in found if int(one) % 5]


@pytest.mark.parametrize(("address", "query"), VIEWS)
def test_no_text_says_a_count_that_is_not_rounded(address: str, query: str) -> None:
    found, pieces = given(address, query)
    assert found.here.hides
    for text in texts([piece for piece in pieces if not isinstance(piece, Part)]):
        assert not small(text), text
    for panel in panels(address, query):
        assert not panel.cases
        for text in (*shown_of(panel), *leaving(COUNTED[address], found, panel)):
            assert not small(text), text
        for table in (*panel.tables, *panel.aside, *((panel.strip,) if panel.strip else ())):
            for row in table.rows:
                for column, cell in list(zip(table.columns, row, strict=True))[1:]:
                    held = OF_CELL.match(cell)
                    if held and not any(word in f"{column} {row[0]}".lower().split() for word in NO_COUNTS):
                        assert int(held[1]) % 5 == 0, (column, row)


def test_the_same_search_finds_counts_that_are_not_hidden() -> None:
    for address, query in (("survival", "by=subtype"), ("safety", "section=counts"), ("prognosis", "")):
        found = asked(COUNTED[address], own(), query, single=True, others=PAGES, hides=False)
        (panel, *_) = (part.panel() for part in every_panel(parts(COUNTED[address], found.here, found.link.view)))
        assert any(map(small, shown_of(panel))), address


def test_the_line_of_the_cohort_is_rounded() -> None:
    whole = own().of_population("outcome")
    with hidden():
        line = cohort_line(whole, whole, whole.dictionary.leading, 16, median_follow_up(whole))
    assert re.findall(r"\d+(?= (?:patients|deaths))", line) == ["165", "15"]
    assert line.endswith(" months")
    assert re.search(r"follow-up \d+\.0 months", line)


def _printed(cell: str) -> tuple[int, int]:
    """The least and the greatest count that a printed one stands for."""
    known = re.match(r"\d+", cell)
    return (int(known[0]), int(known[0]) + 4) if known else (0, 4)


def _least(goal: Any, most: Any, heads: list[int], equal: Any, bounds: list[tuple[int, int]]) -> float:
    """The least that counts can be; levels that overlap do not add up to the heads, and then rows alone are known."""
    zero = np.zeros(len(equal))
    found = linprog(goal, most, heads, equal, zero, bounds)
    found = found if found.success else linprog(goal, A_eq=equal, b_eq=zero, bounds=bounds)
    assert found.success
    return float(found.fun or 0)


@pytest.mark.parametrize("query", ["by=subtype&rows=everything", "by=anti_mda5&rows=everything"])
def test_no_hidden_count_follows_from_totals_and_margins(query: str) -> None:
    """The counts that fit all that is printed of a variable, in rows and columns, never tell a hidden one."""
    (panel,) = panels("baseline", query)
    (table,) = panel.tables
    groups = [c for c, name in enumerate(table.columns) if c > 1 and name != "Overall DM"]
    heads, solved = [_printed(table.rows[0][c]) for c in (1, *groups)], 0
    wide = len(groups) + 2  # everybody, the groups, and those of no group
    for _, block in groupby(enumerate(table.rows), lambda one: one[0] in table.inner):
        rows = [row for at, row in block if at in table.inner]
        if not any("<5" in row for row in rows):
            continue
        equal, most = np.zeros((len(rows), len(rows) * wide)), np.zeros((len(heads), len(rows) * wide))
        bounds: list[tuple[int, int]] = []
        for r, row in enumerate(rows):
            equal[r, r * wide : (r + 1) * wide] = [1.0, *([-1.0] * (wide - 1))]
            most[:, r * wide : r * wide + len(heads)] = np.eye(len(heads))
            bounds += [*(_printed(row[c]) for c in (1, *groups)), (0, heads[0][1])]
        for cell, printed in enumerate(bounds):
            if printed != (0, 4):
                continue
            goal = np.eye(1, len(bounds), cell)[0]
            ends = [_least(sign * goal, most, [n for _, n in heads], equal, bounds) * sign for sign in (1, -1)]
            assert ends[1] - ends[0] >= 1, rows[cell // wide]
            solved += 1
    assert solved > 5


def test_percentages_are_of_the_rounded_counts() -> None:
    (panel,) = panels("baseline", "by=subtype&rows=everything")
    (table,) = panel.tables
    told = [(float(held[1]), float(held[2])) for row in table.rows[1:] for c, cell in enumerate(row)
            if (held := OF_CELL.match(cell)) and held[2]]  # fmt: skip
    assert len(told) > 20
    for n, percent in told:
        assert any(decimal(100 * n / of) == f"{percent:.0f}" for of in range(20, 175, 5)), (n, percent)


def _years(cells: Iterator[tuple[str, str]]) -> tuple[float, float]:
    """The least and the greatest years over which counts (first) can have happened so often in a hundred (second)."""
    least, most = 0.0, float("inf")
    for counted, rate in cells:
        often = re.match(r"[\d.]+", rate)
        if often and counted.isdecimal():
            half = 0.5 * 10 ** -len(often[0].partition(".")[2])
            least = max(least, 100 * int(counted) / (float(often[0]) + half))
            most = min(most, 100 * int(counted) / max(float(often[0]) - half, half))
    return least, most


def test_rates_say_no_more_than_the_counts_beside_them() -> None:
    """Every row's rate follows from its printed count and one number of years; true rates would say true counts."""
    found = {}
    for hides in (True, False):
        page = asked(COUNTED["safety"], own(), "section=counts&terms=all", single=True, others=PAGES, hides=hides)
        (panel,) = (part.panel() for part in every_panel(parts(COUNTED["safety"], page.here, page.link.view)))
        (table,) = panel.tables
        cells = [(row[c], row[c + 1]) for row in table.rows for c in (2, 5)]
        assert sum(rate not in {"withheld", ""} for _, rate in cells) > 5
        least, most = _years(iter(cells))
        found[hides] = least <= most
    assert found == {True: True, False: False}


def test_the_longest_follow_up_is_said_to_the_half_year() -> None:
    """That of one patient; the drawn time and days asked for are the visitor's."""
    last = round(own().of_population("outcome").last_day / (365.25 / 12))
    assert last % 6
    for address, query in (("survival", "by=subtype"), ("prognosis", ""), ("overview", "")):
        found, pieces = given(address, query)
        said = [text for piece in pieces if not isinstance(piece, Part) for text in texts(piece)]
        for panel in panels(address, query):
            said += [*shown_of(panel), *leaving(COUNTED[address], found, panel)]
        months = {int(month) for text in said for month in re.findall(r"to\smonth\s(\d+)", text)}
        assert months
        assert all(month % 6 == 0 for month in months), (address, months)


def test_no_file_says_none_of_what_is_few() -> None:
    """The screen says <5; a file that said 0 would deny up to four."""
    for address, query in (
        ("survival", "by=subtype"),
        ("safety", "section=counts"),
        ("prognosis", ""),
        ("overview", ""),
    ):
        for panel in panels(address, query):
            numbers = numbers_of(panel) if panel.figure is not None else None
            if numbers is None or not numbers.columns:
                continue
            counts = {"at_risk", "censored", "events", "patients"} & set(numbers.columns)
            at = [numbers.columns.index(name) for name in counts]
            unit = numbers.columns.index("unit") if "unit" in numbers.columns else None
            for row in numbers.rows:
                assert not any(row[k] == 0 for k in at), row
                if unit is not None and row[unit] == "patients":
                    assert row[numbers.columns.index("value")] != 0, row


def test_what_single_patients_had_is_not_named() -> None:
    (panel,) = panels("safety", "section=counts&terms=all")
    reactions = own().of_population("safety").reactions
    rare = {term for term, one in reactions.groupby("term") if one["patient"].nunique() < 5}
    assert rare
    said = {row[0] for table in panel.tables for row in table.rows}
    assert not rare & said


@pytest.mark.parametrize(
    ("sizes", "apart", "withheld"),
    [
        ((30, 20, 10), 0, (False, False, False)),
        ((30, 20, 3), 0, (False, True, True)),  # the total less thirty and twenty would be three
        ((30, 3, 3), 0, (False, True, True)),  # six together say nothing of either
        ((30, 20), 2, (False, True)),  # two patients have no group
        ((3, 2), 0, (True, True)),
        ((30, 0), 0, (False, True)),  # nobody is no small count
    ],
)
def test_what_a_total_less_its_parts_would_tell_is_withheld(
    sizes: tuple[int, ...], apart: int, withheld: tuple[bool, ...]
) -> None:
    assert withheld_parts(sizes, apart) == withheld


def test_a_group_of_groups_is_withheld_that_leaves_three_over() -> None:
    columns = (None, (0,), (1, 2), (1,), (2,))  # all, PM, DM, CADM, classic DM
    assert withheld_columns(columns, (103, 3, 100, 60, 40)) == (False, True, True, False, True)
    assert withheld_columns(columns, (140, 40, 100, 60, 40)) == (False, False, False, False, False)


def test_rounding_is_down_to_fives() -> None:
    assert [rounded_down(n) for n in (0, 4, 5, 9, 10, 169)] == [0, 0, 5, 5, 10, 165]
