"""Words of the Evidence page: published numbers beside recomputed ones, and what they can and cannot prove."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from components.core.markup import LINE, bold
from components.core.method import PAPER
from components.core.numbers import count, decimal, joined
from components.core.table import Table
from components.evidence.fidelity import Fidelity, Grouped, Place, Row
from components.survival.words import method_sentence
from data.dictionary import Dictionary
from data.filters import filter_from_query
from data.paper.published import PublishedNumber, printed_form
from data.variables import DICTIONARY

COLUMNS = (
    "Agrees", "What", "Statistic", "Published", "Recomputed", "Among", "Where", "Before rounding", "Analysis", "Remark",
    "No.",
)  # fmt: skip
NUMERIC = frozenset({"Published", "Recomputed", "Before rounding"})
YES, NO = "✓", "✗"
KEY = ("reproduced", "not reproduced", "no cohort can answer")

EVERYWHERE, PLACE, SEARCH, SEARCH_HINT = "The whole paper", "Where it stands", "Search", "e.g. anti-MDA5 or Month 24"
MISMATCHES = "Only what is not reproduced"
NUMBERS, CONTRADICTIONS, UNANSWERABLE = (
    "Every number",
    "Contradictions and remarks",
    "What no cohort can answer",
)
AGREEMENT, CONVENTIONS = "Agreement with R", "Conventions"
EVERYBODY = "All patients are counted here: filter and conventions at the side do not touch this page."
COMPUTING = "Recomputing every published number"
IMPORTED = (
    "An imported cohort is open. The published numbers belong to the reconstructed cohort only, so nothing is compared "
    "here; close the imported cohort to see the comparison. What is said of the paper below holds in any case."
)
CONTRADICTIONS_NOTE = (
    "Where the paper can be read in two ways, the cohort follows the reading under which all of its numbers hold."
)
UNANSWERABLE_NOTE = "Printed numbers that are not observations of patients, or of what the cohort does not record."
FIXED, OPEN = "What the paper fixes", "What it leaves open"
FIXED_POINTS = (
    bold("Every number it prints")
    + ": counts, percentages, means and their spread, survival at two years, hazard ratios.",
    bold("How many died, in which subtype and of what")
    + ". The width of a hazard ratio's interval tells how deaths divide.",
    f"{bold('How the subtypes differ')} in whatever Table 1 prints by subtype.",
    f"{bold('How many were measured at each visit')}, with their mean and standard deviation.",
)
OPEN_POINTS = (
    bold("Which findings go together in one patient")
    + ". The paper prints margins; any pattern that respects them will do.",
    bold("The days of death, progression and loss")
    + ". Curves, medians, p-values and restricted means are one possibility.",
    bold("What one patient's values did from visit to visit") + ". Only their number, mean and spread are printed.",
    "So a comparison that the paper does not print shows what this dashboard can do. It is not a finding.",
)

ORIGINS = {
    "baseline": "Baseline table",
    "course": "Course over the visits",
    "deaths": "Deaths",
    "discontinuation": "Discontinuation",
    "filter": "Filter",
    "flow": "Patient flow",
    "institutions": "Institutions",
    "patients_seen": "Patients seen",
    "prognosis": "Cox models",
    "reactions": "Adverse reactions",
    "shares": "Shares beyond a threshold",
    "survival": "Kaplan-Meier",
}
STATISTICS = {
    "n": "patients",
    "percent": "% of patients",
    "assessed": "patients assessed",
    "mean": "mean",
    "sd": "SD",
    "median": "median",
    "minimum": "minimum",
    "maximum": "maximum",
    "lowest_mean": "lowest of the visits' means",
    "highest_mean": "highest of the visits' means",
    "survival": "% free of the event",
    "hazard_ratio": "hazard ratio",
    "lower": "lower 95% limit",
    "upper": "upper 95% limit",
    "reactions": "reactions",
    "institutions": "institutions",
}
OTHER_VARIABLES = {
    "patients": "Patients",
    "institution": "Institutions",
    "seen": "Seen at the visit",
    "death": "Deaths",
    "cause_of_death": "Cause of death",
    "tacrolimus_stop": "Tacrolimus stopped",
    "tacrolimus_stop_reason": "Reason to stop",
    "tacrolimus_duration": "Days on tacrolimus until it was stopped",
    "reactions": "Any adverse reaction",
    "reaction_category": "Reaction",
    "reaction_term": "Reaction",
    "serious_reaction_category": "Serious reaction",
    "serious_reaction_term": "Serious reaction",
    "prednisolone_above_30": "Prednisolone above 30 mg/day",
    "enrolment": "Enrolment",
    "registration": "Days until registration",
    "follow_up": "Years of follow-up planned",
    "data_cut_off": "Data cut-off",
    "tacrolimus_start": "Starting dose of tacrolimus",
    "previous_drug_stop": "Weeks since the previous drug was stopped",
}


@dataclass(frozen=True)
class Saying:
    """A sentence about the paper, and where its numbers stand."""

    text: str
    where: str


@dataclass(frozen=True)
class Chosen:
    """Which numbers the table lists: of one place (None: all), only the mismatches, with all words of the search."""

    place: Place | None = None
    mismatches: bool = False
    search: str = ""


def title(result: Fidelity) -> str:
    """``871 of 871 published numbers reproduced``."""
    return f"{count(result.reproduced)} of {count(result.answerable)} published numbers reproduced"


def place_name(name: str) -> str:
    """A place as it is called on screen: ``Results: Safety`` for ``Text: Results, Safety``."""
    return name.removeprefix("Text: ").replace("Results, ", "Results: ")


def place_counts(place: Place) -> str:
    """``297 of 297``; a dash where no number of the place can be answered."""
    return f"{count(place.reproduced)} of {count(place.answerable)}" if place.answerable else "–"


def summary(result: Fidelity) -> str:
    """The figure in a paragraph."""
    counts = joined([f"{place_name(place.name)} {place_counts(place)}" for place in result.places if place.answerable])
    return f"{title(result)}. {counts}. {count(len(result.unanswerable))} further numbers no cohort can answer."


def missed_notices(result: Fidelity) -> tuple[str, ...]:
    """What is not reproduced; nothing when all is."""
    if not result.missed:
        return ()
    numbers, them = ("numbers are", "them") if len(result.missed) > 1 else ("number is", "it")
    missed = f"{count(len(result.missed))} published {numbers} not reproduced by this cohort"
    return (f"{missed}; the table below can be narrowed to {them}.",)


def figure_note(result: Fidelity) -> str:
    """How to read the figure."""
    return (
        "One square a number, in the order of the paper. Each is computed from the patients by the analyses that the "
        "other pages show, rounded to the digits printed, and only then compared. "
        f"{count(len(result.unanswerable))} more are printed that no cohort can answer."
    )


def hover(row: Row) -> str:
    """What a square says under the pointer."""
    number = row.number
    head = f"{bold(what(number))}{LINE}{statistic(number)}; {among(number)}"
    return f"{head}{LINE}published {number.printed}, recomputed {printed_form(row.value, number.digits)}"


def hover_unanswerable(number: PublishedNumber) -> str:
    """What the square of a number says that no cohort can answer."""
    return f"{bold(what(number))}{LINE}published {number.printed}{LINE}{number.reason}"


def what(number: PublishedNumber, words: Dictionary = DICTIONARY) -> str:
    """The variable with its level and visit: ``Anti-MDA5 antibody: Positive``, ``%FVC, Month 3``."""
    entries = words.factor | words.number | words.measure | words.endpoint
    label = OTHER_VARIABLES.get(number.variable) or entries[number.variable].label
    level = f": {number.level}" if number.level else ""
    visit = f", {number.visit}" if number.visit else ""
    return f"{label}{level}{visit}"


def statistic(number: PublishedNumber, words: Dictionary = DICTIONARY) -> str:
    """The statistic with its unit: ``mean, mg/day``."""
    entry = words.number.get(number.variable) or words.measure.get(number.variable)
    unit = f", {entry.unit}" if entry and entry.unit and number.statistic != "n" else ""
    return f"{STATISTICS[number.statistic]}{unit}"


def among(number: PublishedNumber, words: Dictionary = DICTIONARY) -> str:
    """The patients the number is about: the population, and the group within it."""
    population = words.population[number.population].label
    group = filter_from_query(number.group, words).filter.sentence if number.group else ""
    return f"{population}; {group}" if group else population


def numbers_table(result: Fidelity, chosen: Chosen) -> Table:
    """One row a number that was asked for."""
    sought = chosen.search.lower().split()
    rows = []
    for row in result.rows:
        if (chosen.place is None or chosen.place.holds(row.number)) and not (chosen.mismatches and row.reproduced):
            cells = _cells(row)
            text = " ".join(cells).lower()
            if all(word in text for word in sought):
                rows.append(cells)
    return Table(COLUMNS, tuple(rows), f"{count(len(rows))} of {count(result.answerable)} numbers")


def _cells(row: Row) -> tuple[str, ...]:
    number = row.number
    return (
        YES if row.reproduced else NO,
        what(number),
        statistic(number),
        number.printed,
        printed_form(row.value, number.digits),
        among(number),
        place_name(number.place),
        _unrounded(row),
        ORIGINS[row.origin],
        number.remark,
        number.id,
    )


def _unrounded(row: Row) -> str:
    """Three digits more than were printed; blank for whole numbers and where there is no number."""
    if row.value is None or float(row.value).is_integer():
        return ""
    return decimal(row.value, (row.number.digits or 0) + 3)


def sayings(found: Iterable[Grouped]) -> tuple[Saying, ...]:
    """Each remark or reason once, with the places and the printed numbers it is about."""
    return tuple(Saying(entry.text, _where(entry.numbers)) for entry in found)


def _where(numbers: tuple[PublishedNumber, ...]) -> str:
    places = joined(list(dict.fromkeys(place_name(number.place) for number in numbers)))
    printed: dict[str, list[str]] = {}
    for number in numbers:
        group = f", {filter_from_query(number.group).filter.sentence}" if number.group else ""
        values = printed.setdefault(f"{what(number)}{group}", [])
        if number.printed not in values:
            values.append(number.printed)
    return f"{places}. {'; '.join(f'{about} ({joined(values)})' for about, values in printed.items())}."


def conventions(words: Dictionary = DICTIONARY) -> tuple[str, ...]:
    """How the recomputed numbers are made, whatever conventions are chosen for the other pages."""
    windows = joined([f"{v.label} (day {_days(v.first, v.last)})" for v in words.visits])
    return (
        "The paper's own conventions hold on this page, whatever is chosen for the others.",
        method_sentence(PAPER),
        "Two years are 730 days. Medians and quartiles follow SAS's definition 5.",
        f"At a visit the value nearest its nominal day counts, within its window: {windows}.",
        "Antibody results are out of the patients tested; doses of prednisolone are those of patients who receive it.",
        "Numbers are rounded half away from zero, as SAS does. A level without events has no hazard ratio (NA).",
    )


def _days(first: int, last: int) -> str:
    if first < 0:
        return f"−{-first} to {last}"
    return str(first) if first == last else f"{first}–{last}"
