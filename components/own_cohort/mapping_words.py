"""Words of what the columns of a hospital's files are: roles as choices, questions that nobody can guess, hints."""

from __future__ import annotations

from collections.abc import Sequence

from components.core.markup import LINE, bold
from components.core.numbers import count, joined, patients
from data.dictionary import Dictionary
from data.language import say, say_counted
from data.reading.column_content import ColumnContent, SheetContent
from data.reading.layout import COLUMNS, columns_of
from data.reading.mapping import DEATH, ColumnRole, Further, Groups, Holds, Limit, Mapping, Role, TableRole
from data.reading.privacy import identifies

TITLE = say("What every column is")
CAPTION = say(
    "This is what the columns seem to be. Change what is wrong: everything below follows at once, and nothing is "
    "opened before you press the button at the end."
)
FOLDED = say("What was understood of every column, and change it")
UNDO, RESET = say("Undo"), say("As proposed")
SAVE, SAVE_NAME = say("Save this mapping"), "myoscope-mapping.json"
SAVE_HELP = say(
    "A small file with names of columns, codes and units, and nothing of a patient. Add it together with next month's "
    "files, and their columns are taken in the same way."
)
SAVE_TYPE = "application/json"
USED = say("The saved mapping among the files is used.")
DETAILS, CLOSE = say("Details"), say("Close")
HOLDS_LABEL, ROLE_LABEL = say("The table holds"), say("The column is")
MORE = say("Show all columns")
MOST_ROWS = 40
"""Of a wider table so many columns are listed at first."""

HOLDS: dict[Holds, str] = {
    "patients": say("Patients, one row each"),
    "measurements": say("Measurements, several rows a patient"),
    "reactions": say("Adverse reactions"),
    "treatments": say("Treatments"),
    "left_out": say("Nothing that is needed"),
}
ROLES: dict[Role, str] = {
    "left_out": say("Left out"),
    "patient": say("Code of the patient"),
    "start": say("Date of day 0"),
    "time": say("Time to event or censoring"),
    "status": say("Status: event or censored"),
    "event_day": say("Day or date of event"),
    "factor": say("Characteristic"),
    "number": say("Number"),
    "laboratory": say("Laboratory value"),
}
KNOWN: dict[str, str] = {
    "last_day": say("Last day or date"),
    "death_day": say("Day or date of death"),
    "progression_day": say("Day or date of progression"),
    "progression_last_day": say("Last day looked for progression"),
    "population": say("Analysis population"),
    "institution": say("Institution"),
    "cause_of_death": say("Cause of death"),
    "day": say("Day or date"),
    "variable": say("Name of the value"),
    "value": say("The value"),
    "category": say("Category of the reaction"),
    "term": say("Name of the reaction"),
    "serious": say("Whether it was serious"),
    "outcome": say("How it ended"),
    "drug": say("Drug"),
    "action": say("Start, stop or pulse"),
    "reason": say("Reason to stop"),
}
GROUPS: dict[Groups, str] = {
    "": say("No groups"),
    "median": say("Two groups, at the median"),
    "tertiles": say("Three groups, at the tertiles"),
    "cuts": say("Groups at clinical cut-points"),
}
LIMITS: dict[Limit, str] = {
    "half": say("half the limit"),
    "limit": say("the limit"),
    "missing": say("not recorded"),
}
UNITS: dict[str, str] = {"days": say("days"), "weeks": say("weeks"), "months": say("months"), "years": say("years")}

ORDERS: dict[str, str] = {"day first": say("day, month, year"), "month first": say("month, day, year")}
EVENT = say("The event is")
EVENTS: dict[str, str] = {DEATH: say("death"), "other": say("another event")}
NAME_OF_EVENT, NAME_OF_EVENT_AT_FIRST = say("Name of the event"), say("Event")
FURTHER, FURTHER_NAME, NO_FURTHER = say("Another event of this status"), say("Death or transplant"), say("Without it")
FURTHER_HELP = say("For example death or transplant beside death alone: the same time ends with more of the codes.")
NAME = say("Called")
UNIT, CONVERTED = say("Unit in the file"), say("Shown in")
AS_IT_IS = say("the same unit")
GROUPS_LABEL, CUTS, CUTS_HELP = (
    say("Groups"),
    say("Cut-points"),
    say("Numbers with a semicolon between them: 4.5; 12. A value at a cut-point belongs to the group above it."),
)
MISSING, MISSING_HELP = (
    say("Codes for “not recorded”"),
    say("With a semicolon between them: 999; -9."),
)
LIMIT = say("Values such as <0.5 are taken as")
VISIT_DAY = say("Day of the value")
WINDOWS = (0, 7, 14, 28, 42, 56, 91, 182, 365)
"""Days before day 0 that are offered; a saved mapping may say another number."""

WINDOW, WINDOW_HELP = (
    say("The baseline of a laboratory value is"),
    say("How many values from before day 0 it takes stands below, with what else was understood."),
)
DRUG, DRUG_HELP = (
    say("Drug that is studied"),
    say("Its first stop ends the time on treatment. Blank: none."),
)


def windows(now: int) -> dict[int, str]:
    """The windows for the baseline as choices, the one in use among them."""
    return {days: _window(days) for days in sorted({*WINDOWS, now})}


def _window(days: int) -> str:
    if not days:
        return say("the value of day 0")
    return say_counted(
        days,
        "the last value from {n} day before day 0 to day 0",
        "the last value from {n} days before day 0 to day 0",
        n=count(days),
    )


def listed_label(key: str, dictionary: Dictionary) -> str:
    """How a column of the study's own tables is shown as a choice."""
    if key in dictionary.factor:
        return dictionary.factor[key].label
    if key in dictionary.number:
        number = dictionary.number[key]
        return f"{number.label} ({number.unit})" if number.unit else number.label
    return KNOWN.get(key, key)


def options(holds: Holds, dictionary: Dictionary) -> dict[str, str]:
    """What a column of such a table can be, by the text that stands for it: a role, or ``listed:`` and a key."""
    if holds == "patients":
        first = ("last_day", "death_day")
        keys = [key for key in columns_of("patients", dictionary) if key not in ("patient", *first)]
        roles: tuple[Role, ...] = ("time", "status", "event_day", "factor", "number", "laboratory")
        own = {role: ROLES[role] for role in roles}
        head = {role: ROLES[role] for role in ("left_out", "patient", "start")}
        dated = {f"listed:{key}": KNOWN[key] for key in first}
        return head | dated | own | {f"listed:{key}": listed_label(key, dictionary) for key in keys}
    if holds == "left_out":
        return {"left_out": ROLES["left_out"]}
    keys = [key for key in COLUMNS[holds] if key != "patient"]
    values = {"laboratory": ROLES["laboratory"]} if holds == "measurements" else {}
    known = {f"listed:{key}": KNOWN[key] for key in keys}
    return {role: ROLES[role] for role in ("left_out", "patient")} | values | known


def chosen(column: ColumnRole) -> str:
    """The text that stands for a column's role among the options."""
    return f"listed:{column.name}" if column.role == "listed" else column.role


def sheet_line(content: SheetContent) -> str:
    """``pbc.csv: 418 rows, 20 columns``."""
    rows = say_counted(content.rows, "{n} row", "{n} rows", n=count(content.rows))
    columns = say_counted(len(content.columns), "{n} column", "{n} columns", n=count(len(content.columns)))
    return f"{bold(content.sheet)}: {rows}, {columns}"


def column_line(content: ColumnContent) -> str:
    """The name of a column, and below it what stands there."""
    return f"{bold(content.column)}{LINE}{values_line(content)}"


def values_line(content: ColumnContent) -> str:
    """Its first values, or its codes with how often each stands there, and how many cells are empty."""
    if content.codes and len(content.codes) <= 5 and not content.dates:
        said = [f"{_short(code)} ({count(n)})" for code, n in content.codes.items()]
    else:
        said = [_short(one) for one in content.first[:3]]
        said += ["…"] if content.distinct > len(said) else []
    empty = content.rows - content.filled
    left = [say_counted(empty, "{n} empty", "{n} empty", n=count(empty))] if empty else []
    return " · ".join([*said, *left]) or say("nothing")


def _short(text: str) -> str:
    """The beginning of a long text, a long number with fewer digits."""
    try:
        return f"{float(text):.6g}" if len(text) > 8 else text
    except ValueError:
        pass
    return text if len(text) <= 24 else f"{text[:24]}…"


def told(column: ColumnRole, content: ColumnContent, dictionary: Dictionary) -> str:
    """What is settled of a column beside its role, in a few words."""
    parts: list[str] = []
    if column.role == "left_out" and (what := identifies(column.column)):
        parts.append(say("may show {what}", what=what))
    if column.role in ("factor", "number", "laboratory") and column.name not in ("", column.column):
        parts.append(say("called {name}", name=_name(column, dictionary)))
    if column.role in ("time", "status", "event_day") and column.name:
        parts.append(EVENTS[DEATH] if column.name == DEATH else column.name)
    if column.role == "time" or (column.role == "listed" and column.unit not in ("", "days")):
        parts.append(
            say("in {unit}", unit=UNITS.get(column.unit, column.unit)) if column.unit else say("in which unit?")
        )
    if column.role == "laboratory":
        parts.append(say("day {day}", day=column.day) if column.day else "")
        parts.append(say("{unit} to {shown}", unit=column.unit, shown=column.shown) if column.shown else column.unit)
    if column.role == "number":
        parts.append(GROUPS[column.groups] if column.groups else "")
    parts += _of_status(column, content)
    if column.missing and column.role != "left_out":
        parts.append(say("{codes} not recorded", codes=joined(column.missing)))
    if content.limits and column.role in ("number", "laboratory"):
        parts.append(say("{n} limits: {taken}", n=count(content.limits), taken=LIMITS[column.limit]))
    return "; ".join(filter(None, parts))


def _of_status(column: ColumnRole, content: ColumnContent) -> list[str]:
    """How many patients had the events of a status, those beside the first one with their names."""
    if column.role != "status" or not column.events:
        return []
    more = [part for one in column.also if one.events for part in (one.name, _happened(one.events, content))]
    return [_happened(column.events, content), *more]


def _happened(events: tuple[str, ...], content: ColumnContent) -> str:
    n = sum(n for code, n in content.codes.items() if code in events)
    return say("{codes}: {n}", codes=joined(events), n=patients(n))


def _name(column: ColumnRole, dictionary: Dictionary) -> str:
    return dictionary.measure[column.name].label if column.name in dictionary.measure else column.name


def which_codes(column: ColumnRole) -> str:
    """The question which codes of a status are the event."""
    return say("Codes of “{column}” that mean that the event happened", column=column.column)


def which_codes_of(column: ColumnRole, endpoint: Further) -> str:
    """The same of another endpoint of the status."""
    return say(
        "Codes of “{column}” that mean that “{name}” happened", column=column.column, name=endpoint.name or FURTHER_NAME
    )


def which_unit(column: ColumnRole) -> str:
    """The question in which unit a time is."""
    return say("“{column}” counts", column=column.column)


def which_order(column: ColumnRole, date: str) -> str:
    """The question what stands first in dates that can be read in two ways."""
    return say("“{date}” in “{column}” is", date=date, column=column.column)


def code(entry: str, n: int) -> str:
    """A code as a choice: ``1 (12 patients)``."""
    return f"{entry} ({patients(n)})"


def questions(n: int) -> str:
    """That something has to be said first."""
    return say_counted(
        n,
        "{n} question above is not answered by the file. Once it is answered, the cohort can be opened.",
        "{n} questions above are not answered by the file. Once they are answered, the cohort can be opened.",
        n=count(n),
    )


def own_variables(mapping: Mapping) -> int:
    """How many columns come along that the dictionary does not list."""
    return sum(len(table.of("factor", "number", "event_day", "status")) for table in mapping.tables if _patients(table))


def beyond_the_template(mapping: Mapping) -> bool:
    """Whether any column of the patients is more than one of the template's under another name.

    Of such files the mapping has to say what is wrong: the template's columns are no remedy.
    """
    more: tuple[Role, ...] = ("start", "time", "status", "event_day", "factor", "number", "laboratory")
    return any(table.of(*more) or not table.of("patient") for table in mapping.holding("patients"))


def _patients(table: TableRole) -> bool:
    return table.holds == "patients"


def parts_of(text: str) -> tuple[str, ...]:
    """What is typed with semicolons between."""
    return tuple(dict.fromkeys(part.strip() for part in text.replace("；", ";").split(";") if part.strip()))


def with_semicolons(words: Sequence[object]) -> str:
    """The same the other way round."""
    return "; ".join(f"{word:g}" if isinstance(word, float) else str(word) for word in words)
