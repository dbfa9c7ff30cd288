"""Every sentence said while ADaM data sets are read, one function a remark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from data.reading.issue import Issue, counted, every, issue, listing

Rows = Sequence[int]

LEFT_OUT = {
    "derived": "they hold derived values (DTYPE)",
    "after dose": "only concentrations before the dose are taken",
    "unmarked": "they are not marked for analysis (ANL01FL)",
    "before treatment": "they did not begin under treatment (TRTEMFL)",
    "unrelated": "they were not judged related to the drug (AREL)",
    "undated": "they have no day of onset (ASTDT)",
    "no day": "they have no date (ADT) and no study day (ADY), or their subject has no day 0",
}
"""Why rows of ADaM data sets are left out, by the key of the reason."""


def left_out(file: str, rows: Rows, why: str) -> Issue:
    """Rows of an ADaM data set that were not taken over; ``why`` is a key of ``LEFT_OUT``."""
    wrong = f"{counted(len(rows), 'row was', 'rows were')} left out: {LEFT_OUT[why]}."
    return issue("understood", file, "", rows, wrong)


def patients(
    file: str, columns: Mapping[str, str], member: str, treated: int, outside: str, others: Sequence[str]
) -> Issue:
    """How patients were taken over; ``columns`` maps keys to columns of the data set, ``others`` are left out."""
    pairs = ", ".join(f"{column} as {key}" for key, column in columns.items())
    wrong = (
        f"{pairs}; “{member}” are the {counted(treated, 'treated patient', 'treated patients')} (SAFFL), "
        f"“{outside}” the others. Day 0 is TRTSDT, or else STARTDT."
    )
    if others:
        n = counted(len(others), "other column is", "other columns are")
        wrong += f" {n} left out: {listing(others)}."
    return issue("understood", file, "", (), wrong)


def endpoint(file: str, code: str, label: str, column: str, events: int, patients: int) -> Issue:
    """How a time-to-event parameter was taken over."""
    ending = "It gives the last day."
    if column != "death_day":
        ending = "A death is not counted as a progression; who is censored here is followed to this day and no further."
    counts = f"{counted(events, 'event', 'events')} (CNSR 0) in {counted(patients, 'patient', 'patients')}"
    return issue("understood", file, "PARAMCD", (), f"{code} ({label}) as {column}: {counts}. {ending}")


def without_row(file: str, code: str, patients: Sequence[str]) -> Issue:
    """Subjects with no row of a parameter that was taken over."""
    n = counted(len(patients), "subject has", "subjects have")
    return issue(
        "understood", file, "PARAMCD", (), f"{n} no row of {code}; the dates of ADSL count: {listing(patients)}."
    )


def no_time(file: str, rows: Rows, code: str) -> Issue:
    """Time-to-event rows from which no day can be told."""
    wrong = f"{counted(len(rows), 'row', 'rows')} of “{code}” tell no day: neither the date ADT nor AVAL can be read."
    return issue("error", file, "ADT, AVAL", rows, wrong, "Give ADT as YYYY-MM-DD, or AVAL with its unit in AVALU.")


def unlisted(file: str, rows: Rows, patients: Sequence[str], listed: str) -> Issue:
    """Subjects that the data set of subjects does not list."""
    wrong = f"{counted(len(patients), 'subject is', 'subjects are')} not in {listed}: {listing(patients)}."
    return issue("error", file, "USUBJID", rows, wrong, f"Add them to {listed}, or correct USUBJID.")


def no_start(file: str, rows: Rows, patients: Sequence[str]) -> Issue:
    """Treated subjects whose first day of treatment is not known."""
    wrong = (
        f"{counted(len(patients), 'treated subject has', 'treated subjects have')} no first day: {listing(patients)}."
    )
    return issue("error", file, "TRTSDT", rows, wrong, "Give TRTSDT as YYYY-MM-DD, or set SAFFL to N.")


def partial_dates(file: str, column: str, rows: Rows, found: Sequence[str], *, needed: bool) -> Issue:
    """Dates without their day."""
    wrong = f"{counted(len(rows), 'date is', 'dates are')} without a day: {listing(found)}."
    if needed:
        return issue("error", file, column, rows, wrong, "Complete them as YYYY-MM-DD; no day is imputed here.")
    return issue("warning", file, column, rows, f"{wrong} They count as missing.", "Complete them if they are known.")


def unreadable_dates(file: str, column: str, rows: Rows, found: Sequence[str]) -> Issue:
    """Cells of a column of dates that are none."""
    wrong = f"{counted(len(rows), 'cell is', 'cells are')} no date that can be told: {listing(found)}."
    return issue("error", file, column, rows, wrong, "Write dates as YYYY-MM-DD.")


def dates_read(file: str, column: str, pairs: Mapping[str, str], cells: int) -> Issue:
    """Dates that are written otherwise than ISO 8601."""
    shown = ", ".join(f"“{written}” is {read}" for written, read in list(pairs.items())[:3])
    return issue("understood", file, column, (), f"{counted(cells, 'date was', 'dates were')} read: {shown}.")


def dead_undated(file: str, rows: Rows, patients: Sequence[str]) -> Issue:
    """Subjects that died and have no day of death."""
    wrong = (
        f"{counted(len(patients), 'subject has', 'subjects have')} DTHFL = Y and no day of death: {listing(patients)}."
    )
    return issue("error", file, "DTHDT", rows, wrong, "Give DTHDT as YYYY-MM-DD, or correct DTHFL.")


def dead_censored(file: str, rows: Rows, patients: Sequence[str], code: str) -> Issue:
    """Subjects that died by ADSL and are censored in the parameter that was taken for death."""
    n = counted(len(patients), "subject died", "subjects died")
    wrong = f"{n} by ADSL (DTHFL, DTHDT) and are censored in {code}, which counts: {listing(patients)}."
    return issue(
        "warning", file, "DTHFL", rows, wrong, "Look these subjects up; the dates of ADSL can be chosen instead."
    )


def alive_after_death(file: str, column: str, rows: Rows) -> Issue:
    """Subjects with a date on which they were alive after that of their death."""
    wrong = f"{counted(len(rows), 'date lies', 'dates lie')} after the day of death, which ends the follow-up."
    return issue("warning", file, column, rows, wrong, f"Look {column} and DTHDT up.")


def last_dates(file: str, patients: int) -> Issue:
    """Subjects with several dates on which they were known to be alive."""
    n = counted(patients, "subject has", "subjects have")
    return issue("understood", file, "EOSDT, LSTALVDT", (), f"{n} two different last dates; the later one counts.")


def death_elsewhere(file: str, rows: Rows, code: str) -> Issue:
    """Deaths of an endpoint that the parameter of death puts on another day, or does not know."""
    wrong = (
        f"{counted(len(rows), 'death', 'deaths')} counted by {code} are not on the day of death; they count as events "
        f"of {code} on the day that it gives."
    )
    return issue("warning", file, "PARAMCD", rows, wrong, "Look these rows up.")


def unit_from_label(file: str, code: str, unit: str, rows: int) -> Issue:
    """Times whose unit stands only behind the name of the parameter."""
    wrong = f"{code}: AVAL has no unit of its own; PARAM says {unit}s, read so in {counted(rows, 'row', 'rows')}."
    return issue("understood", file, "AVAL", (), wrong)


def time_counted(file: str, code: str, unit: str, rows: int, *, from_0: bool) -> Issue:
    """Times without dates, as days since day 0."""
    month = " (a month is 30.4375 days)" if unit == "month" else ""
    day_0 = "AVAL is 0 on day 0" if from_0 else "AVAL is 1 on day 0 (ADT − STARTDT + 1)"
    n = counted(rows, "time", "times")
    return issue("understood", file, "AVAL", (), f"{code}: {n} in {unit}s became days{month}; {day_0}.")


def units(file: str, code: str, where: Mapping[str, Rows]) -> Issue:
    """One parameter in several units."""
    told = "; ".join(
        f"{unit or 'no unit'} in {counted(len(rows), 'row', 'rows')} (first line {rows[0]})"
        for unit, rows in where.items()
    )
    rows = sorted(row for found in where.values() for row in found)
    remedy = "Convert them to one unit, or give the values in another unit another PARAMCD."
    return issue("error", file, "AVALU", rows, f"{code} comes in several units: {told}.", remedy)


def measure_unit(file: str, code: str, unit: str, values: int) -> Issue:
    """A measured parameter whose unit stands only behind its name."""
    wrong = f"{code} has no AVALU; the unit {unit} was taken from PARAM for {counted(values, 'value', 'values')}."
    return issue("understood", file, "PARAM", (), wrong)


def age_unit(file: str, units: Sequence[str]) -> Issue:
    """Ages in another unit than years."""
    return issue(
        "warning", file, "AGEU", (), f"AGE is not in years but in {listing(units)}; it is left out.", "Give years."
    )


def no_subjects() -> Issue:
    """Neither of the data sets that list subjects is there."""
    wrong = "There is no data set that lists the subjects: ADSL, or ADTTE."
    return issue("error", "", "", (), wrong, "Add ADSL (one row a subject, with USUBJID and TRTSDT) to the files.")


def measure(file: str, code: str, label: str, unit: str, key: str, values: int) -> Issue:
    """How a measured parameter was taken over."""
    wrong = f"{code} ({label}, {unit or 'no unit'}) as measured variable {key}: {counted(values, 'value', 'values')}."
    return issue("understood", file, "PARAMCD", (), wrong)


def baseline(file: str, rows: Rows, code: str) -> Issue:
    """Baseline values taken before day 0."""
    n = counted(len(rows), "value", "values")
    wrong = f"{code}: {n} marked as the baseline (ABLFL) and taken before day 0 count on day 0."
    return issue("understood", file, "ABLFL", rows, wrong)


def below_limit(file: str, rows: Rows) -> Issue:
    """Concentrations below the limit of quantification."""
    n = counted(len(rows), "result", "results")
    return issue("understood", file, "AVAL", rows, f"{n} below the limit of quantification count as AVAL gives them.")


def reactions(file: str, rows: int, categories: Mapping[str, str]) -> Issue:
    """How adverse events were taken over."""
    pairs = "; ".join(f"{soc.capitalize()} as {category}" for soc, category in categories.items())
    wrong = f"{counted(rows, 'reaction', 'reactions')}. Categories come from AEBODSYS: {pairs}; all others as Other."
    return issue("understood", file, "", (), wrong)


def treatments(file: str, stopped: int) -> Issue:
    """How the study drug was taken over."""
    who = counted(stopped, "patient with EOSSTT DISCONTINUED stops", "patients with EOSSTT DISCONTINUED stop")
    return issue("understood", file, "", (), f"The drug begins on TRTSDT; {who} it on TRTEDT, without a reason.")


def unknown_kind(file: str) -> Issue:
    """A data set that is none of those that are understood."""
    wrong = "This data set is none of those understood: ADSL, ADTTE, ADPC or ADLB, ADAE."
    return issue("warning", file, "", (), wrong, "It is left out.")


def no_parameter(file: str, code: str, codes: Sequence[str]) -> Issue:
    """A time-to-event parameter that is not in the file."""
    wrong = f"There is no parameter “{code}”."
    return issue("error", file, "PARAMCD", (), wrong, f"Choose among {every(codes)}.")


def no_endpoint(file: str, codes: Sequence[str]) -> Issue:
    """No parameter that could be taken for death without asking."""
    wrong = f"Which parameter is the time to death is not clear: {every(codes)}."
    return issue("error", file, "PARAMCD", (), wrong, "Choose one.")


def reverse(file: str, code: str, of: str) -> Issue:
    """A parameter that holds the follow-up of another one."""
    wrong = f"“{code}” has the times of “{of}” with events and censoring exchanged: it is follow-up and no endpoint."
    return issue("understood", file, "PARAMCD", (), wrong)


def censoring(file: str, rows: Rows) -> Issue:
    """Censoring codes that are not whole numbers from 0."""
    wrong = "The censoring code is not 0 (event) or a whole number above (censored)."
    return issue("error", file, "CNSR", rows, wrong, "Correct CNSR.")


def time_unit(file: str, units: Sequence[str]) -> Issue:
    """Times in a unit that is not known, in several, or in none."""
    wrong = f"Times are in a unit that is not known: {listing(units)}." if units else "Times (AVAL) have no unit."
    remedy = "Give the dates ADT and STARTDT, or in AVALU one of DAYS, WEEKS, MONTHS, YEARS for all rows."
    return issue("error", file, "AVALU", (), wrong, remedy)


def disagreeing(file: str, rows: Rows) -> Issue:
    """Analysis values that are not what the dates say."""
    wrong = "AVAL is not ADT − STARTDT + 1; the dates were used."
    return issue("warning", file, "AVAL", rows, wrong, "Look these rows up.")


def several(file: str, rows: Rows, code: str) -> Issue:
    """A patient with more than one time of one parameter."""
    wrong = f"Patients have more than one row of “{code}”."
    return issue("error", file, "USUBJID", rows, wrong, "Keep one row a patient and parameter, or mark it by ANL01FL.")
