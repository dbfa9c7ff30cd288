"""The published numbers: complete, consistent with one another, and read strictly."""

from __future__ import annotations

import ast
import csv
import math
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from data.paper.published import COLUMNS, FILE, PublishedNumber, agrees, printed_form, published_numbers
from data.variables import DICTIONARY

if TYPE_CHECKING:
    from pathlib import Path

NUMBERS = published_numbers()
DM = "subtype=CADM&subtype=Classic DM"
SUBTYPES = ("subtype=PM", "subtype=CADM", "subtype=Classic DM")

# Every number of each part of the text, in reading order; the causes of death, which the paper gives in words, are
# counted for everybody and for the subtype.
TEXT = {
    "Abstract": (
        "179 170 98.8 42 24.7 49 28.8 32.4 21.6 7.6 4.2 90.3 62.5 9.04 1.18 69.51 8.61 2.51 29.45 8.16 1.03 64.47"
    ),
    "Text: Methods": "51 January_2014 January_2017 14 3 March_2020 0.0375",
    "Text: Results, Patient population": (
        "179 51 32 17 2 January_2014 January_2017 March_2020 171 170 169 68.8 59.4 12.4 46 27.1 124 72.9 78.8 21.2"
        " 90 920 42.9 76.5 5 81.8 78.2 19.4 34.2 9.3 19.1 55.6 61.8 40.0 70.5 50 29 58.0"
    ),
    "Text: Results, Treatment regimen": (
        "3 1 1 3 98.8 42 24.7 12 7.1 10 1 1 0.058 0.024 0.067 0.032 6 8 49 28.8 20 16 12 8 3 1 1 55 2 1023"
        " 32.4 21.6 168 13.6 5.8 133 7.6 4.2 90 94 168 56.0"
    ),
    "Text: Results, Safety": (
        "301 121 71.2 29 45 19 65.5 74 140 57 77.0 48 28.2 29 17.1 29 17.1 26 15.3 5 2.9 1 0.6 23 13.5 1 0"
        " 16 12 3 1 12 12 2 2 1 1 1 1 1 1"
    ),
    "Text: Results, Clinical outcomes": (
        "90.3 62.5 97.5 76.1 81.1 57.9 66.7 100.0 44.3 62.0 98.6 77.4 70.5 55.7 80 113 70.8 44 54 81.5"
    ),
    "Text: Results, Prognostic factors": (
        "9.04 1.18 69.51 8.61 2.51 29.45 8.16 1.03 64.47 7.53 2.73 20.82 4.58 1.03 20.38 3.82 1.23 11.88"
    ),
    "Text: Discussion": "170 78.8 72.9 6 8 0.0375 >10 28.2 17.1 17.1 15.3 90.3 62.5 81.1 16",
    "Table 2, title": "170",
}


def of_place(place: str) -> list[PublishedNumber]:
    return [number for number in NUMBERS if number.place == place]


def counts() -> dict[tuple[str, str, str, str, str], int]:
    """Every printed number of patients by population, group, variable, level and visit."""
    return {
        (number.population, number.group, number.variable, number.level, number.visit): int(number.printed)
        for number in NUMBERS
        if number.statistic == "n"
    }


def members(population: str, group: str) -> int:
    """How many patients a group has, as Table 1 or the text prints it."""
    known = counts()
    if group in SUBTYPES:
        level = group.removeprefix("subtype=")
        return known[(population, "" if level == "PM" else DM, "subtype", level, "")]
    return known[(population, group, "patients", "", "")]


def count_of(number: PublishedNumber) -> int:
    return counts()[(number.population, number.group, number.variable, number.level, number.visit)]


def denominator(number: PublishedNumber) -> int:
    """What the percentage is out of, by the rules of the module's docstring."""
    assessed = [
        int(other.printed)
        for other in NUMBERS
        if other.statistic == "assessed" and (other.variable, other.visit) == (number.variable, number.visit)
    ]
    if assessed:
        return assessed[0]
    factor = DICTIONARY.factor.get(number.variable)
    if factor is not None and factor.tested and number.level in factor.words:
        return counts()[(number.population, number.group, number.variable, "Performed", "")]
    return members(number.population, "" if number.of == "all" else number.of or number.group)


def test_every_place_has_all_its_numbers() -> None:
    places = Counter(number.place for number in NUMBERS)
    tables = {"Table 1": 297, "Table 2": 70, "Table 3": 132, "Table 4": 179}
    assert places == tables | {place: len(text.split()) for place, text in TEXT.items()}
    assert len(NUMBERS) == 882
    assert sum(number.answerable for number in NUMBERS) == 871


@pytest.mark.parametrize("place", TEXT)
def test_text_numbers_stand_in_reading_order(place: str) -> None:
    assert [number.printed.replace(" ", "_") for number in of_place(place)] == TEXT[place].split()


def test_statistics_of_the_tables() -> None:
    found = {
        place: Counter(number.statistic for number in of_place(place)) for place in ("Table 1", "Table 3", "Table 4")
    }
    assert found["Table 1"] == {"n": 145, "percent": 142, "mean": 5, "sd": 5}
    assert found["Table 3"] == {"n": 48, "mean": 42, "sd": 42}
    assert found["Table 4"] == {"n": 71, "hazard_ratio": 46, "lower": 31, "upper": 31}
    assert sum(number.printed == "NA" for number in of_place("Table 4")) == 15


def test_no_number_stands_twice_in_a_place() -> None:
    keys = Counter(
        (number.place, number.population, number.group, number.variable, number.level, number.statistic, number.visit)
        for number in NUMBERS
    )
    assert [key for key, times in keys.items() if times > 1] == []


def test_a_number_printed_in_several_places_is_the_same_number() -> None:
    printed: dict[tuple[str, ...], set[str]] = {}
    for number in NUMBERS:
        if number.answerable:
            key = (number.population, number.group, number.variable, number.level, number.statistic, number.visit)
            printed.setdefault(key, set()).add(number.printed)
    assert [key for key, texts in printed.items() if len(texts) > 1] == []


PERCENTAGES = [number for number in NUMBERS if number.statistic == "percent" and not number.printed.startswith(">")]


def test_every_percentage_but_one_bound_is_checked() -> None:
    bounds = [number for number in NUMBERS if number.printed.startswith(">")]
    assert [(number.variable, number.printed) for number in bounds] == [("patients", ">10")]
    assert len(PERCENTAGES) == 218


@pytest.mark.parametrize("number", PERCENTAGES, ids=lambda number: number.id)
def test_percentage_follows_from_its_count(number: PublishedNumber) -> None:
    assert agrees(number.printed, number.digits, 100 * count_of(number) / denominator(number))


def test_table_1_adds_up_over_the_subtypes() -> None:
    known = counts()
    rows = {
        (n.variable, n.level) for n in of_place("Table 1") if n.statistic == "n" and n.variable in DICTIONARY.factor
    }
    rows -= {("subtype", level) for level in DICTIONARY.factor["subtype"].words}
    assert len(rows) == 28
    for variable, level in rows:
        total, dm, pm, cadm, classic = (known[("safety", g, variable, level, "")] for g in ("", DM, *SUBTYPES))
        assert (total, dm) == (pm + dm, cadm + classic), (variable, level)


def test_table_4_counts_leave_only_the_unrecorded_out() -> None:
    recorded: Counter[str] = Counter()
    for number in of_place("Table 4"):
        recorded[number.variable] += int(number.printed) if number.statistic == "n" else 0
    missing = {variable: 169 - n for variable, n in recorded.items() if n != 169}
    assert len(recorded) == 25
    assert missing == {
        "weight_group": 5, "smoking": 1, "disease_duration_group": 12, "ip_duration_group": 24, "ct_pattern": 6,
        "sao2_group": 24, "ferritin_group": 51, "anti_jo1": 30, "anti_ars": 37, "anti_mda5": 120, "kl6_group": 15,
        "spd_group": 89,
    }  # fmt: skip
    baseline = counts()
    for measure in ("ferritin", "kl6", "spd"):
        assert recorded[f"{measure}_group"] == baseline[("outcome", "", measure, "", "Day 0")]


def reference(key: str) -> str:
    factor = DICTIONARY.factor[key]
    return factor.level(factor.reference).word


def test_table_4_has_a_ratio_for_every_level_but_the_reference() -> None:
    rows = {(n.variable, n.level) for n in of_place("Table 4") if n.statistic == "n"}
    ratios = {(n.variable, n.level) for n in of_place("Table 4") if n.statistic == "hazard_ratio"}
    assert rows - ratios == {(variable, reference(variable)) for variable, _ in rows}


def test_hazard_ratios_lie_in_the_middle_of_their_intervals_on_the_log_scale() -> None:
    values: dict[tuple[str, str], dict[str, float]] = {}
    for number in of_place("Table 4"):
        if number.statistic != "n" and number.printed != "NA":
            values.setdefault((number.variable, number.level), {})[number.statistic] = float(number.printed)
    assert len(values) == 31
    for key, found in values.items():
        low, high = (math.sqrt((found["lower"] + e) * (found["upper"] + e)) for e in (-0.005, 0.005))
        assert low - 0.005 <= found["hazard_ratio"] <= high + 0.005, key


def test_nobody_is_measured_who_was_not_seen() -> None:
    known = counts()
    for number in of_place("Table 3"):
        if number.statistic == "n":
            assert int(number.printed) <= known[("outcome", "", "seen", "", number.visit)]


def test_what_no_cohort_answers_has_a_reason_and_nothing_else_has_one() -> None:
    found = [number.id for number in NUMBERS if not number.answerable]
    assert found == [*(f"X-{i:03d}" for i in (2, 3, 4, 5, 6, 7, 13, 14, 15, 49, 172))]
    assert {number.statistic for number in NUMBERS if number.reason} == {"unrecorded"}


def test_the_causes_of_death_that_exceed_the_deaths_are_remarked() -> None:
    causes = [number for number in NUMBERS if number.variable == "cause_of_death" and not number.group]
    assert sum(int(number.printed) for number in causes) == 17
    assert all("17 for 16 deaths" in number.remark for number in causes)


@pytest.mark.parametrize(
    ("printed", "digits", "value", "expected"),
    [
        ("49.2", 1, 49.15, True),
        ("49.2", 1, 49.1499999, False),
        ("49.2", 1, 49.25, False),
        ("0.3", 1, 0.25, True),
        ("1.01", 2, 1.005, True),
        ("8", 0, 7.5, True),
        ("8", 0, 8.5, False),
        ("0", 0, -0.4, True),
        ("1", 0, -1.0, False),
        ("64.47", 2, 64.4749, True),
        ("NA", None, None, True),
        ("NA", None, math.nan, True),
        ("NA", None, math.inf, True),
        ("NA", None, 1.2, False),
        ("1.2", 1, None, False),
        ("1.2", 1, math.nan, False),
        (">10", 0, 10.01, True),
        (">10", 0, 10.0, False),
    ],
)
def test_agrees(printed: str, digits: int | None, value: float | None, expected: bool) -> None:  # noqa: FBT001 - a case of the table
    assert agrees(printed, digits, value) is expected


def test_agrees_refuses_a_text_that_is_no_number() -> None:
    with pytest.raises(ValueError, match="'March 2020' is not a number"):
        agrees("March 2020", None, 3.0)


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [
        (49.15, 1, "49.2"),
        (100.0, 1, "100.0"),
        (0.0575, 3, "0.058"),
        (7.5, 0, "8"),
        (-0.04, 1, "0.0"),
        (-2.25, 1, "-2.3"),
        (1.234, None, "1.23"),
        (None, 1, "NA"),
        (math.nan, 2, "NA"),
        (math.inf, 2, "NA"),
    ],
)
def test_printed_form(value: float | None, digits: int | None, expected: str) -> None:
    assert printed_form(value, digits) == expected


SAMPLE = [number for number in NUMBERS if number.digits is not None and ">" not in number.printed][::9]


@pytest.mark.parametrize("number", SAMPLE, ids=lambda number: number.id)
def test_a_printed_number_agrees_with_itself(number: PublishedNumber) -> None:
    value = float(number.printed)
    assert printed_form(value, number.digits) == number.printed
    assert agrees(number.printed, number.digits, value)


GOOD = {
    "id": "T1-001", "place": "Table 1", "population": "safety", "group": "", "of": "", "variable": "sex",
    "level": "Female", "statistic": "percent", "visit": "", "printed": "68.8", "digits": "1", "reason": "",
    "remark": "",
}  # fmt: skip


def written(path: Path, *rows: dict[str, str]) -> Path:
    file = path / "published.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return file


def test_a_good_row_is_read(tmp_path: Path) -> None:
    assert published_numbers(written(tmp_path, GOOD)) == (
        PublishedNumber(
            "T1-001",
            "Table 1",
            "safety",
            "",
            "",
            "sex",
            "Female",
            "percent",
            "",
            "68.8",
            digits=1,
            reason="",
            remark="",
        ),
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"id": "1"}, "the id is not of the form"),
        ({"place": ""}, "it has no place"),
        ({"population": "everybody"}, "unknown population 'everybody'"),
        ({"group": "subtype"}, "'subtype' is not a query string"),
        ({"group": "subtype=XYZ"}, "unknown group subtype=XYZ"),
        ({"of": "sub=PM"}, "unknown group sub=PM"),
        ({"of": "all", "statistic": "n", "printed": "117", "digits": "0"}, "only a percentage is out of something"),
        ({"variable": "gender"}, "unknown variable 'gender'"),
        ({"level": "female"}, "sex has no level 'female'"),
        ({"level": "Performed"}, "sex has no level 'Performed'"),
        ({"variable": "reaction_term", "level": ""}, "reaction_term has no level ''"),
        ({"statistic": "average"}, "unknown statistic 'average'"),
        ({"statistic": "mean"}, "sex has no mean"),
        ({"visit": "Month 2"}, "unknown visit 'Month 2'"),
        ({"visit": "Month 1"}, "sex needs no visit"),
        ({"variable": "fvc", "level": "", "statistic": "mean"}, "fvc needs a visit"),
        ({"digits": "2"}, "'68.8' does not have 2 digits"),
        ({"digits": ""}, "'68.8' does not have None digits"),
        ({"digits": "one"}, "'one' is not a number of digits"),
        ({"printed": "NA", "digits": ""}, "'NA' is not a number"),
        ({"printed": "NA", "digits": "0"}, "'NA' has no digits"),
        ({"reason": "A law."}, "a reason is given exactly when"),
        ({"statistic": "unrecorded"}, "a reason is given exactly when"),
    ],
)
def test_a_wrong_row_is_named(tmp_path: Path, change: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        published_numbers(written(tmp_path, GOOD | change))


def test_an_id_that_stands_twice_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="T1-001: this id stands twice"):
        published_numbers(written(tmp_path, GOOD, GOOD))


def test_a_short_row_and_wrong_columns_are_refused(tmp_path: Path) -> None:
    short = tmp_path / "short.csv"
    short.write_text(",".join(COLUMNS) + "\nT1-001,Table 1\n", encoding="utf-8")
    with pytest.raises(ValueError, match="T1-001: it has not 13 columns"):
        published_numbers(short)
    other = tmp_path / "other.csv"
    other.write_text("id,place\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"other\.csv: the columns are not id, place"):
        published_numbers(other)


def test_neither_pandas_nor_components_are_needed() -> None:
    for file in (
        FILE.with_name("published.py"),
        *(FILE.parents[1] / name for name in ("variables.py", "dictionary.py")),
    ):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        names = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        names += [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
        assert not {found.split(".")[0] for found in names} & {"pandas", "components"}
