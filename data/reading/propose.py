"""What the columns of files seem to be: by their names in English and Japanese, their content and their units.

What is proposed is shown before anything is opened. Which code of a status is the event is never proposed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from data.dictionary import Dictionary
from data.levels import MISSING
from data.reading.cells import folded, folded_name, texts
from data.reading.check_deaths import names_death
from data.reading.column_content import ColumnContent, SheetContent
from data.reading.column_units import column_units, time_unit_of
from data.reading.layout import COLUMNS
from data.reading.mapping import DEATH, ColumnRole, Holds, Mapping, TableRole
from data.reading.privacy import identifies
from data.reading.sheet import Sheet
from data.reading.synonyms import column_meanings, drug_meant, level_meant, variable_meanings
from data.reading.time_status import STATUSES, TIMES

MOST_LEVELS = 12
"""A column of words with more different ones is no characteristic that patients share."""

MOST_NUMBERED = 5
"""A column of whole numbers with so many different ones or fewer holds codes rather than amounts."""

FEWEST_SHARED = 2
"""Words stand for a characteristic if on average so many patients or more share one."""

_OPEN = frozenset({"status", "event", "censor", "censored", "cens", "cnsr", "転帰", "fstat", "outcome", "終了時転帰",
                   "最終転帰", "予後"})  # fmt: skip
"""Names of a status that do not show what its event is."""

STARTS = ("start", "startdate", "dateofstart", "firstdose", "firstdosedate", "dateoffirstdose", "treatmentstart",
          "treatmentstartdate", "baseline", "baselinedate", "indexdate", "enrolment", "enrollment", "enrolmentdate",
          "enrollmentdate", "registrationdate", "randomisationdate", "randomizationdate", "randdate", "entrydate",
          "diagnosisdate", "dateofdiagnosis", "admissiondate", "admitdate", "trtsdt", "開始日", "投与開始日",
          "治療開始日", "初回投与日", "登録日", "診断日", "入院日", "初診日", "手術日",
          "therapiebeginn", "behandlungsbeginn", "beginn", "einschlussdatum", "erstdiagnose", "datedébut",
          "débutdutraitement", "dateinclusion")  # fmt: skip
"""Names, folded, of columns with the date that is day 0."""

LAST_DATES = ("lastdate", "lastfu", "lastfudate", "dateoflastcontact", "datelastseen",
              "lastvisit", "lastvisitdate", "dateoflastvisit", "lastseen", "lastseendate", "lastcontact",
              "lastcontactdate", "lastfollowup", "lastfollowupdate", "dateoflastfollowup", "enddate", "endoffollowup",
              "censoringdate", "lstalvdt", "eosdt",
              "最終来院日", "最終受診日", "最終確認日", "最終生存確認日", "最終観察日",
              "最終追跡日", "letzterkontakt", "letztevisite", "letztevorstellung", "dernièresnouvelles",
              "datedesdernièresnouvelles", "dernièrevisite")  # fmt: skip
DEATH_DATES = (
    "deathdate",
    "dateofdeath",
    "dod",
    "dthdt",
    "died",
    "death",
    "死亡日",
    "死亡年月日",
    "todesdatum",
    "sterbedatum",
    "datededécès",
    "datedécès",
)
SURVIVAL_TIMES = (*TIMES, "lenfol", "lengthoffollowup", "stime", "survdays", "survivalindays", "survivalinmonths",
                  "survivalinyears", "timeinstudy", "daystolastfollowup", "観察日数", "追跡日数", "生存日数",
                  "観察期間日", "観察月数", "追跡月数", "生存月数")  # fmt: skip
TIME_UNITS = ("week", "weeks", "month", "months", "day", "days", "year", "years")
"""A column of patients that is named by a unit alone may be a time, where no other is."""

DEATHS = ("dead", "death", "died", "deceased", "alive", "fustat", "osstatus", "osevent", "vital", "vitalstatus",
          "survivalstatus", "deathyn", "deathflag", "dthfl", "mortality",
          "死亡", "生死", "生死区分", "死亡有無", "死亡の有無", "死亡フラグ", "生存状況",
          "生存", "生存死亡", "verstorben", "tod", "décès", "décédé")  # fmt: skip
"""Names of a status that show by themselves that the event is death."""

SURVIVAL_STATUSES = (*STATUSES, "fstat", "outcome", "終了時転帰", "最終転帰", "予後",
                     *(name for name in DEATHS if name not in STATUSES))  # fmt: skip

_OF_A_CODE = re.compile(
    r"^(patient|pat|subj|case|record|dossier|n°|id|nr)|id$|no$|nr$|nummer$|code$|番号|患者|症例|カルテ"
)
"""What the name of a column holds, folded, that may give the code of the patient."""

_OF_A_VISIT = re.compile(
    r"(?P<name>.+?)[\s_.\-]*(?:(?P<zero>baseline|bl|at\s?entry|前値|開始時)"
    r"|(?:(?:at|on|_)?[\s_.\-])(?P<unit>d|day|w|wk|week|m|mo|month|y|yr|year)[\s_.\-]?(?P<number>\d{1,3})"
    r"|[\s_.\-]?(?P<count>\d{1,3})(?P<after>日後?|週後?|[かヶ]月後?|年後?))",
    re.IGNORECASE,
)
_DAYS = {"d": 1, "w": 7, "m": 30.4375, "y": 365.25, "日": 1, "週": 7, "か": 30.4375, "ヶ": 30.4375, "年": 365.25}
_UNIT_BEHIND = re.compile(r"(?P<name>.+?)\s*[(（\[](?P<unit>[^()（）\[\]]+)[)）\]]")


def proposed(sheets: Sequence[Sheet], contents: Sequence[SheetContent], dictionary: Dictionary) -> Mapping:
    """What every column of the sheets seems to be."""
    tables: list[TableRole] = []
    held = [_held(sheet, content, dictionary) for sheet, content in zip(sheets, contents, strict=True)]
    for sheet, content, holds in zip(sheets, contents, held, strict=True):
        once = holds == "patients" and held.index("patients") != len(tables)
        tables.append(_by_labels(sheet, content, "left_out" if once else holds, dictionary))
    return Mapping(tuple(tables), _study_drug(tables, sheets, dictionary))


def _held(sheet: Sheet, content: SheetContent, dictionary: Dictionary) -> Holds:
    """The table that a sheet seems to be: by columns that only one has, or by how often a patient stands in it."""
    names = {folded_name(str(column)) for column in sheet.cells.columns}
    found: dict[Holds, set[str]] = {}
    tables: tuple[Holds, ...] = ("measurements", "reactions", "treatments")
    for table in tables:
        meanings = column_meanings(table, dictionary)
        found[table] = {meanings[name] for name in names if name in meanings} - {"patient", "day"}
    if {"variable", "value"} <= found["measurements"]:
        return "measurements"
    for table, needed in (("reactions", {"category", "term"}), ("treatments", {"drug", "action"})):
        if needed <= found[table] or (folded_name(table) in folded_name(sheet.name) and found[table]):
            return table
    patient = _patient_column(content, dictionary)
    if patient is not None and content.of(patient).distinct < content.of(patient).filled:
        return "measurements" if _day_column(content, dictionary) else "left_out"
    return "patients" if content.rows and len(content.columns) > 1 else "left_out"


def _patient_column(content: SheetContent, dictionary: Dictionary) -> str | None:
    meanings = column_meanings("patients", dictionary)
    return next((one.column for one in content.columns if meanings.get(folded_name(one.column)) == "patient"), None)


def _day_column(content: SheetContent, dictionary: Dictionary) -> str | None:
    """The column of the day or date of a row of repeated measurements."""
    meanings = column_meanings("measurements", dictionary)
    known = next((one.column for one in content.columns if meanings.get(folded_name(one.column)) == "day"), None)
    units = column_units("measurements", [one.column for one in content.columns], dictionary)
    told = known or next((one.written for one in units if one.key == "day"), None)
    told = told or next((one.column for one in content.columns if folded_name(one.column) in TIME_UNITS), None)
    return told or next((one.column for one in content.columns if one.dates), None)


def _by_labels(sheet: Sheet, content: SheetContent, holds: Holds, dictionary: Dictionary) -> TableRole:
    """What the columns seem to be by the labels that the file gives those whose names are not known."""
    known = column_meanings("measurements" if holds == "left_out" else holds, dictionary)
    names = [one.column for one in content.columns]
    said = {name: sheet.labels.get(name, "") for name in names if folded_name(name) not in known}
    labels = {name: text for name, text in said.items() if text and [*said.values(), *names].count(text) == 1}
    if not labels:
        return _table(sheet, content, holds, dictionary)
    named = tuple(replace(one, column=labels.get(one.column, one.column)) for one in content.columns)
    shown = replace(sheet, cells=sheet.cells.rename(columns=labels))
    found = _table(shown, replace(content, columns=named), holds, dictionary)
    own = {label: name for name, label in labels.items()}
    columns = (
        replace(one, column=name, name=own.get(one.name, one.name) if one.role in ("time", "status") else one.name)
        for name, one in zip(names, found.columns, strict=True)
    )
    return replace(found, columns=tuple(columns))


def _table(sheet: Sheet, content: SheetContent, holds: Holds, dictionary: Dictionary) -> TableRole:
    if holds == "patients":
        return TableRole(sheet.name, holds, _patient_roles(sheet, content, dictionary))
    if holds == "measurements":
        return TableRole(sheet.name, holds, _measured_roles(sheet, content, dictionary))
    if holds == "left_out":
        return TableRole(sheet.name, holds, tuple(ColumnRole(one.column) for one in content.columns))
    meanings = column_meanings(holds, dictionary)
    return TableRole(sheet.name, holds, tuple(_known(one, meanings, holds) for one in content.columns))


def _known(one: ColumnContent, meanings: dict[str, str], table: str) -> ColumnRole:
    key = meanings.get(folded_name(one.column), "")
    if key not in COLUMNS[table]:
        return ColumnRole(one.column)
    return ColumnRole(one.column, "patient") if key == "patient" else ColumnRole(one.column, "listed", key)


def _patient_roles(sheet: Sheet, content: SheetContent, dictionary: Dictionary) -> tuple[ColumnRole, ...]:
    names = [one.column for one in content.columns]
    meanings = column_meanings("patients", dictionary)
    units = {one.written: one for one in column_units("patients", names, dictionary)}
    roles: dict[str, ColumnRole] = {}
    taken: set[str] = set()
    for one in content.columns:
        key = meanings.get(folded_name(one.column), units[one.column].key if one.column in units else "")
        if key and key not in taken and _fits(key, one, sheet, dictionary):
            taken.add(key)
            unit = units[one.column].unit if one.column in units else ""
            roles[one.column] = (
                ColumnRole(one.column, "patient") if key == "patient" else ColumnRole(one.column, "listed", key, unit)
            )
    if "patient" not in taken and (code := _code_of_patients(content)):
        roles[code] = ColumnRole(code, "patient")
    free = [one for one in content.columns if one.column not in roles]
    for role in _dated([entry for entry in free if entry.dates], taken):
        roles[role.column] = role
    free = [entry for entry in free if entry.column not in roles]
    if not taken & {"last_day", "death_day"}:
        for role in _outcome(free):
            roles[role.column] = role
    elif "death_day" not in taken and (status := _ending(free)) is not None:
        roles[status.column] = status
    measured = variable_meanings(dictionary)
    return tuple(roles.get(one.column) or _own(one, measured) for one in content.columns)


def _code_of_patients(content: SheetContent) -> str:
    """The column whose name speaks of a code, and that has another value in every row; blank where none has."""
    return next(
        (
            one.column
            for one in content.columns
            if one.filled == one.distinct == one.rows
            and not (one.dates or identifies(one.column))
            and _OF_A_CODE.search(folded_name(one.column))
        ),
        "",
    )


def _fits(key: str, one: ColumnContent, sheet: Sheet, dictionary: Dictionary) -> bool:
    """Whether a column can be what its name says: most words of a factor are known, numbers are numbers or dates."""
    if key in dictionary.factor and one.filled:
        words = [str(word) for word in texts(sheet.cells[one.column]) if word]
        meant = {word: level_meant(word, dictionary.factor[key], dictionary) for word in set(words)}
        levels = [word for word in words if meant[word] != MISSING]
        return not levels or 2 * sum(bool(meant[word]) for word in levels) > len(levels)
    return True


def _dated(dates: Sequence[ColumnContent], taken: set[str]) -> list[ColumnRole]:
    """The dates among the columns: day 0, the last visit, death."""
    found: list[ColumnRole] = []
    start = next((one for one in dates if folded_name(one.column) in STARTS), None)
    if start is not None:
        found.append(ColumnRole(start.column, "start"))
    for key, names in (("last_day", LAST_DATES), ("death_day", DEATH_DATES)):
        one = next((one for one in dates if folded_name(one.column) in names), None)
        if one is not None and key not in taken:
            taken.add(key)
            found.append(ColumnRole(one.column, "listed", key))
    return found


def _outcome(free: Sequence[ColumnContent]) -> list[ColumnRole]:
    """A time and what ended it; the codes of the event stay open, and its name where nothing gives it."""
    names = [folded_name(one.column) for one in free]
    numeric = [at for at, one in enumerate(free) if one.numeric]
    time = next((at for wanted in (SURVIVAL_TIMES, TIME_UNITS) for at in numeric if _named(names[at], wanted)), None)
    if time is None:
        return []
    few = [at for at, one in enumerate(free) if at != time and 1 <= one.distinct <= MOST_NUMBERED]
    status = next((at for at in few if names[at] in SURVIVAL_STATUSES or names_death(names[at])), None)
    beside = [at for at in (time + 1, time - 1) if at in few and free[at].distinct == 2]
    status = status if status is not None else next(iter(beside), None)
    if status is None:
        return [ColumnRole(free[time].column, "time", unit=_time_unit(free[time]))]
    known = names[status] in SURVIVAL_STATUSES
    name = DEATH if names[status] in DEATHS or names_death(names[status]) else "" if known else free[status].column
    return [
        ColumnRole(free[time].column, "time", name, _time_unit(free[time])),
        ColumnRole(free[status].column, "status", name),
    ]


def _ending(free: Sequence[ColumnContent]) -> ColumnRole | None:
    """The column that says what a follow-up ended with, where its last day is known and that of death is not."""
    few = {folded_name(one.column): one for one in free if 1 <= one.distinct <= MOST_LEVELS and not one.dates}
    told = (name for name in few if names_death(name))
    known = (*DEATHS, *told, *SURVIVAL_STATUSES)
    name = next((name for name in known if name in few), None)
    return None if name is None else ColumnRole(few[name].column, "status", DEATH if name not in _OPEN else "")


def _named(name: str, wanted: Sequence[str]) -> bool:
    return name in wanted or any(name == f"{known}{unit}" for known in wanted for unit in TIME_UNITS)


def _time_unit(one: ColumnContent) -> str:
    """The unit of a time: what its name gives, days where it gives none; blank where it cannot be days."""
    return time_unit_of(one.column) or ("days" if one.whole else "")


def _unit(column: str) -> str:
    """The unit of time that a name gives; days where it gives none, which the visitor sees."""
    return time_unit_of(column) or "days"


def _own(one: ColumnContent, measured: dict[str, str]) -> ColumnRole:
    """What a column that the dictionary does not list seems to be."""
    name, unit = named_with_unit(one.column)
    if identifies(one.column) or one.constant or one.dates:
        return ColumnRole(one.column)
    if one.numeric:
        return _own_number(one, name, unit, measured)
    key = measured.get(folded_name(one.column)) or measured.get(folded_name(name), "")
    if key and any(text[:1].isdigit() for text in one.first):
        # Some cells are no numbers. What the name promises is said of them, rather than all of it being left out.
        return ColumnRole(one.column, "laboratory", key, unit, missing=one.coded)
    if one.distinct <= MOST_LEVELS and FEWEST_SHARED * one.distinct <= one.filled:
        return ColumnRole(one.column, "factor", name)
    return ColumnRole(one.column)


def _own_number(one: ColumnContent, name: str, unit: str, measured: dict[str, str]) -> ColumnRole:
    key = measured.get(folded_name(one.column)) or measured.get(folded_name(name), "")
    visit = _OF_A_VISIT.fullmatch(name)
    few = one.distinct - len(one.coded) <= MOST_NUMBERED
    if key:
        return ColumnRole(one.column, "laboratory", key, unit, missing=one.coded)
    if visit is not None and not few:
        stem = visit["name"].strip(" _.-")
        listed = measured.get(folded_name(stem), stem)
        return ColumnRole(one.column, "laboratory", listed, unit, missing=one.coded, day=_day(visit))
    if few and not one.limits:
        return ColumnRole(one.column, "factor", name, missing=one.coded)
    running = one.whole and one.distinct == one.filled and one.highest - one.lowest == one.filled - 1
    return (
        ColumnRole(one.column)
        if running
        else ColumnRole(one.column, "number", name, unit, missing=one.coded, groups="median")
    )


def _day(visit: re.Match[str]) -> int:
    if visit["zero"]:
        return 0
    unit, number = (visit["unit"], visit["number"]) if visit["unit"] else (visit["after"], visit["count"])
    return round(int(number) * _DAYS[unit[0].lower()])


def named_with_unit(column: str) -> tuple[str, str]:
    """The name of a column and the unit that stands in brackets behind it, blank without one."""
    told = _UNIT_BEHIND.fullmatch(column.strip())
    return (told["name"].strip(), told["unit"].strip()) if told else (column.strip(), "")


def _measured_roles(sheet: Sheet, content: SheetContent, dictionary: Dictionary) -> tuple[ColumnRole, ...]:
    """A row a value, or a row a visit with a column a value; what is the same in every row of a patient is left out."""
    meanings = column_meanings("measurements", dictionary)
    names = [one.column for one in content.columns]
    patient, day = _patient_column(content, dictionary), _day_column(content, dictionary)
    long = {"variable", "value"} <= {meanings.get(folded_name(name), "") for name in names}
    measured = variable_meanings(dictionary)
    same = set() if long or patient is None else _told_once(sheet, patient)
    roles = []
    for one in content.columns:
        name, unit = named_with_unit(one.column)
        key = measured.get(folded_name(one.column)) or measured.get(folded_name(name), "")
        if one.column == patient:
            roles.append(ColumnRole(one.column, "patient"))
        elif one.column == day:
            roles.append(ColumnRole(one.column, "listed", "day", "" if one.dates else _unit(one.column)))
        elif long:
            roles.append(_known(one, meanings, "measurements"))
        elif one.numeric and not identifies(one.column) and (key or _an_amount(one, same)):
            roles.append(ColumnRole(one.column, "laboratory", key or name, unit, missing=one.coded))
        else:
            roles.append(ColumnRole(one.column))
    return tuple(roles)


def _an_amount(one: ColumnContent, same: set[str]) -> bool:
    return one.column not in same and one.distinct > MOST_NUMBERED


def _told_once(sheet: Sheet, patient: str) -> set[str]:
    """The columns that hold one and the same value in every row of a patient."""
    groups = sheet.cells.groupby(sheet.cells[patient])
    return {str(column) for column in sheet.cells.columns if (groups[column].nunique(dropna=True) < 2).all()}


def _study_drug(tables: Sequence[TableRole], sheets: Sequence[Sheet], dictionary: Dictionary) -> str:
    """The drug that is studied: the dictionary's where treatments or measurements name it.

    Otherwise the one that most rows of the treatments name, corticosteroids left aside, which are given beside any. A
    trough may be that of any drug: it is taken for that of the dictionary's where treatments name none that it does not
    list. Blank without any.
    """
    drugs: list[str] = []
    trough = False
    studied = dictionary.study_drug
    (doses, troughs) = ({entry.key for entry in dictionary.given(role)} for role in ("dose", "trough"))
    for table, sheet in zip(tables, sheets, strict=True):
        wide = {column.name for column in table.of("laboratory")}
        if doses & wide:
            return studied.word
        trough = trough or bool(troughs & wide)
        column = table.listed({"treatments": "drug", "measurements": "variable"}.get(table.holds, ""))
        if column is None:
            continue
        words = [word for word in map(str, texts(sheet.cells[column.column])) if word]
        if table.holds == "treatments":
            meant = {word: drug_meant(word, dictionary) or word for word in set(words)}
            drugs += [meant[word] for word in words]
        else:
            named = {variable_meanings(dictionary).get(folded_name(word), "") for word in set(words)}
            if doses & named:
                return studied.word
            trough = trough or bool(troughs & named)
    known = {drug.word for drug in dictionary.drugs}
    if any(drug != studied.word and folded(studied.word) in folded(drug) for drug in drugs):
        return studied.word  # in a form that is not read as it, which is said
    if studied.word in drugs or (trough and known.issuperset(drugs)):
        return studied.word
    beside = {entry.key for entry in dictionary.given("steroids")}
    named_most = sorted((drug for drug in dict.fromkeys(drugs) if drug not in beside), key=drugs.count, reverse=True)
    return next(iter(named_most), "")
