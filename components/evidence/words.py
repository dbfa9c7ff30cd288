"""Words of the Evidence page: published numbers beside recomputed ones, and what they can and cannot prove."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from components.core.markup import LINE, bold
from components.core.method import PAPER
from components.core.numbers import count, decimal, joined
from components.core.table import Table
from components.evidence.fidelity import Fidelity, Grouped, Place, Row
from components.evidence.on_pages import OnPage
from components.survival.words import method_sentence
from data.dictionary import Dictionary
from data.filters import filter_from_query
from data.language import say, say_counted, say_declared
from data.paper.published import PublishedNumber, printed_form
from data.variables import DICTIONARY

COLUMNS = (
    say("Agrees"),
    say("What"),
    say("Statistic"),
    say("Published"),
    say("Recomputed"),
    say("Among"),
    say("Where"),
    say("Before rounding"),
    say("Analysis"),
    say("Remark"),
    say("No."),
)
NUMERIC = frozenset({COLUMNS[3], COLUMNS[4], COLUMNS[7]})
YES, NO = "✓", "✗"
KEY = (say("reproduced"), say("not reproduced"), say("no cohort can answer"))

EVERYWHERE, PLACE, SEARCH, SEARCH_HINT = (
    say("The whole paper"),
    say("Where it stands"),
    say("Search"),
    say("e.g. anti-MDA5 or Month 24"),
)
MISMATCHES = say("Only what is not reproduced")
NUMBERS, CONTRADICTIONS, UNANSWERABLE = (
    say("Every number"),
    say("Contradictions and remarks"),
    say("What no cohort can answer"),
)
AGREEMENT, CONVENTIONS = say("Agreement with R"), say("Conventions")
EVERYBODY = say("All patients are counted here: filter and conventions at the side do not touch this page.")
COMPUTING = say("Recomputing every published number")
IMPORTED = say(
    "An imported cohort is open. The published numbers belong to the reconstructed cohort only, so "
    "nothing is compared here; close the imported cohort to see the comparison. What is said of the "
    "paper below holds in any case."
)
CONTRADICTIONS_NOTE = say(
    "Where the paper can be read in two ways, the cohort follows the reading under which all of its numbers hold."
)
UNANSWERABLE_NOTE = say("Printed numbers that are not observations of patients, or of what the cohort does not record.")
FIXED, OPEN = say("What the paper fixes"), say("What it leaves open")
FIXED_POINTS = (
    say(
        "{value}: counts, percentages, means and their spread, survival at two years, hazard ratios.",
        value=bold(say("Every number it prints")),
    ),
    say(
        "{value}. The width of a hazard ratio's interval shows how deaths divide.",
        value=bold(say("How many died, in which subtype and of what")),
    ),
    say("{value} in whatever Table 1 prints by subtype.", value=bold(say("How the subtypes differ"))),
    say("{value}, with their mean and standard deviation.", value=bold(say("How many were measured at each visit"))),
)
OPEN_POINTS = (
    say(
        "{value}. The paper prints margins; any pattern that respects them will do.",
        value=bold(say("Which findings go together in one patient")),
    ),
    say(
        "{value}. Curves, medians, p-values and restricted means are one possibility.",
        value=bold(say("The days of death, progression and loss")),
    ),
    say(
        "{value}. Only their number, mean and spread are printed.",
        value=bold(say("What one patient's values did from visit to visit")),
    ),
    say("So a comparison that the paper does not print shows what this dashboard can do. It is not a finding."),
)

ORIGINS = {
    "baseline": say("Baseline table"),
    "course": say("Course over the visits"),
    "deaths": say("Deaths"),
    "discontinuation": say("Discontinuation"),
    "filter": say("Filter"),
    "flow": say("Patient flow"),
    "institutions": say("Institutions"),
    "patients_seen": say("Patients seen"),
    "prognosis": say("Cox models"),
    "reactions": say("Adverse reactions"),
    "shares": say("Shares beyond a threshold"),
    "survival": say("Kaplan-Meier"),
}
STATISTICS = {
    "n": say("patients"),
    "percent": say("% of patients"),
    "assessed": say("patients assessed"),
    "mean": say("mean"),
    "sd": say("SD"),
    "median": say("median"),
    "minimum": say("minimum"),
    "maximum": say("maximum"),
    "lowest_mean": say("lowest of the visits' means"),
    "highest_mean": say("highest of the visits' means"),
    "survival": say("% free of the event"),
    "hazard_ratio": say("hazard ratio"),
    "lower": say("lower 95% limit"),
    "upper": say("upper 95% limit"),
    "reactions": say("reactions"),
    "institutions": say("institutions"),
}
OTHER_VARIABLES = {
    "patients": say("Patients"),
    "institution": say("Institutions"),
    "seen": say("Seen at the visit"),
    "death": say("Deaths"),
    "cause_of_death": say("Cause of death"),
    "tacrolimus_stop": say("Tacrolimus stopped"),
    "tacrolimus_stop_reason": say("Reason to stop"),
    "tacrolimus_duration": say("Days on tacrolimus until it was stopped"),
    "reactions": say("Any adverse reaction"),
    "reaction_category": say("Reaction"),
    "reaction_term": say("Reaction"),
    "serious_reaction_category": say("Serious reaction"),
    "serious_reaction_term": say("Serious reaction"),
    "prednisolone_above_30": say("Prednisolone above 30 mg/day"),
    "enrolment": say("Enrolment"),
    "registration": say("Days until registration"),
    "follow_up": say("Years of follow-up planned"),
    "data_cut_off": say("Data cut-off"),
    "tacrolimus_start": say("Starting dose of tacrolimus"),
    "previous_drug_stop": say("Weeks since the previous drug was stopped"),
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
    return say(
        "{reproduced} of {answerable} published numbers reproduced",
        reproduced=count(result.reproduced),
        answerable=count(result.answerable),
    )


def place_name(name: str) -> str:
    """A place as it is called on screen: ``Results: Safety`` for ``Text: Results, Safety``."""
    return name.removeprefix("Text: ").replace("Results, ", "Results: ")


def place_counts(place: Place) -> str:
    """``297 of 297``; a dash where no number of the place can be answered."""
    return (
        say("{reproduced} of {answerable}", reproduced=count(place.reproduced), answerable=count(place.answerable))
        if place.answerable
        else "–"
    )


def summary(result: Fidelity) -> str:
    """The figure in a paragraph."""
    counts = joined([f"{place_name(place.name)} {place_counts(place)}" for place in result.places if place.answerable])
    return say(
        "{title}. {counts}. {unanswerable} further numbers no cohort can answer.",
        title=title(result),
        counts=counts,
        unanswerable=count(len(result.unanswerable)),
    )


def missed_notices(result: Fidelity) -> tuple[str, ...]:
    """What is not reproduced; nothing when all is."""
    if not result.missed:
        return ()
    n = len(result.missed)
    return (
        say_counted(
            n,
            "{n} published number is not reproduced by this cohort; the table below can be narrowed to it.",
            "{n} published numbers are not reproduced by this cohort; the table below can be narrowed to them.",
            n=count(n),
        ),
    )


def figure_note(result: Fidelity) -> str:
    """How to read the figure, and how many different things the numbers say."""
    asked = len(result.questions)
    return say(
        "One square a number, in the order of the paper. Each is computed from the patients by the "
        "analyses that the other pages show, rounded to the digits printed, and only then compared. "
        "{unanswerable} more are printed that no cohort can answer. The {places} squares ask {asked} different "
        "questions, for some numbers are printed in several places; {beside} of these are percentages whose count is "
        "printed as well, so {independent} say something of their own.",
        unanswerable=count(len(result.unanswerable)),
        places=count(result.answerable),
        asked=count(asked),
        beside=count(result.beside_counts),
        independent=count(asked - result.beside_counts),
    )


def on_pages_sentence(rows: Sequence[OnPage]) -> str:
    """How many of the numbers a page shows, and in how many of those cohorts agree; blank without a record."""
    shown = [row for row in rows if row.page]
    if not shown:
        return ""
    fixed, members = sum(row.fixed for row in shown), max(row.members for row in shown)
    return say(
        "Of the {all} numbers {shown} also stand on other pages. Taken from what those pages show of each of {members} "
        "reconstructions, {fixed} of {shown} are the same in all of them to the last printed digit. The other {rest} "
        "stand here alone.",
        all=count(len(rows)),
        shown=count(len(shown)),
        members=count(members),
        fixed=count(fixed),
        rest=count(len(rows) - len(shown)),
    )


def hover(row: Row) -> str:
    """What a square says under the pointer."""
    number = row.number
    head = f"{bold(what(number))}{LINE}{statistic(number)}; {among(number)}"
    return say(
        "{head}{line}published {printed}, recomputed {printed_form}",
        head=head,
        line=LINE,
        printed=number.printed,
        printed_form=printed_form(row.value, number.digits),
    )


def hover_unanswerable(number: PublishedNumber) -> str:
    """What the square of a number says that no cohort can answer."""
    return say(
        "{what}{line}published {printed}{line}{reason}",
        what=bold(what(number)),
        line=LINE,
        printed=number.printed,
        reason=number.reason,
    )


def what(number: PublishedNumber, words: Dictionary = DICTIONARY) -> str:
    """The variable with its level and visit: ``Anti-MDA5 antibody: Positive``, ``%FVC, Month 3``."""
    entries = words.factor | words.number | words.measure | words.endpoint
    label = OTHER_VARIABLES.get(number.variable) or entries[number.variable].label
    level = f": {say_declared(number.level)}" if number.level else ""
    visit = f", {say_declared(number.visit)}" if number.visit else ""
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
    return Table(
        COLUMNS,
        tuple(rows),
        say("{rows} of {answerable} numbers", rows=count(len(rows)), answerable=count(result.answerable)),
    )


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
    windows = joined([say("{label} (day {days})", label=v.label, days=_days(v.first, v.last)) for v in words.visits])
    return (
        say("The paper's own conventions hold on this page, whatever is chosen for the others."),
        method_sentence(PAPER),
        say("Two years are 730 days. Medians and quartiles follow SAS's definition 5."),
        say("At a visit the value nearest its nominal day counts, within its window: {windows}.", windows=windows),
        say("These windows are ours: the paper names its visits, and not how far a measurement may lie from one."),
        say(
            "Antibody results are out of the patients tested; doses of prednisolone are those of "
            "patients who receive it."
        ),
        say("Numbers are rounded half away from zero, as SAS does. A level without events has no hazard ratio (NA)."),
    )


def _days(first: int, last: int) -> str:
    if first < 0:
        return say("−{first} to {last}", first=-first, last=last)
    return str(first) if first == last else f"{first}–{last}"
