"""Every sentence said while ADaM data sets are read, one function a remark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from data.language import say, say_counted
from data.reading.issue import Issue, every, issue, listing, number

Rows = Sequence[int]

LEFT_OUT = {
    "derived": say("they hold derived values (DTYPE)"),
    "after dose": say("only concentrations before the dose are taken"),
    "unmarked": say("they are not marked for analysis (ANL01FL)"),
    "before treatment": say("they did not begin under treatment (TRTEMFL)"),
    "unrelated": say("they were not judged related to the drug (AREL)"),
    "undated": say("they have no day of onset (ASTDT)"),
    "no day": say("they have no date (ADT) and no study day (ADY), or their subject has no day 0"),
}
"""Why rows of ADaM data sets are left out, by the key of the reason."""


def left_out(file: str, rows: Rows, why: str) -> Issue:
    """Rows of an ADaM data set that were not taken over; ``why`` is a key of ``LEFT_OUT``."""
    wrong = say_counted(
        len(rows),
        "{rows} row was left out: {left_out}.",
        "{rows} rows were left out: {left_out}.",
        rows=number(len(rows)),
        left_out=LEFT_OUT[why],
    )
    return issue("understood", file, "", rows, wrong)


def patients(file: str, columns: Mapping[str, str], member: str, treated: int, told: str, outside: str) -> Issue:
    """How patients were taken over; ``columns`` maps keys to columns of the data set.

    ``told`` is the column that says who is treated, or empty where having a day 0 does.
    """
    pairs = ", ".join(say("{column} as {key}", column=column, key=key) for key, column in columns.items())
    wrong = say_counted(
        treated,
        (
            "{pairs}; “{member}” are the {treated} treated patient ({told}), “{outside}” the others. Day "
            "0 is TRTSDT, or else STARTDT."
        ),
        (
            "{pairs}; “{member}” are the {treated} treated patients ({told}), “{outside}” the others. Day "
            "0 is TRTSDT, or else STARTDT."
        ),
        pairs=pairs,
        member=member,
        treated=number(treated),
        told=told or say("who have a day 0"),
        outside=outside,
    )
    return issue("understood", file, "", (), wrong)


def endpoint(file: str, code: str, label: str, column: str, events: int, patients: int) -> Issue:
    """How a time-to-event parameter was taken over."""
    ending = say("It gives the last day.")
    if column != "death_day":
        ending = say(
            "A death is not counted as a progression; who is censored here is followed to this day and no further."
        )
    counts = say(
        "{events} in {patients}",
        events=say_counted(events, "{n} event (CNSR 0)", "{n} events (CNSR 0)", n=number(events)),
        patients=say_counted(patients, "{n} patient", "{n} patients", n=number(patients)),
    )
    return issue(
        "understood",
        file,
        "PARAMCD",
        (),
        say(
            "{code} ({label}) as {column}: {counts}. {ending}",
            code=code,
            label=label,
            column=column,
            counts=counts,
            ending=ending,
        ),
    )


def without_row(file: str, code: str, patients: Sequence[str]) -> Issue:
    """Subjects with no row of a parameter that was taken over."""
    return issue(
        "understood",
        file,
        "PARAMCD",
        (),
        say_counted(
            len(patients),
            "{n} subject has no row of {code}; the dates of ADSL count: {patients}.",
            "{n} subjects have no row of {code}; the dates of ADSL count: {patients}.",
            code=code,
            patients=listing(patients),
            n=number(len(patients)),
        ),
    )


def no_time(file: str, rows: Rows, code: str) -> Issue:
    """Time-to-event rows from which no day can be read."""
    wrong = say_counted(
        len(rows),
        "{rows} row of “{code}” give no day: neither the date ADT nor AVAL can be read.",
        "{rows} rows of “{code}” give no day: neither the date ADT nor AVAL can be read.",
        rows=number(len(rows)),
        code=code,
    )
    return issue(
        "error", file, "ADT, AVAL", rows, wrong, say("Give ADT as YYYY-MM-DD, or AVAL with its unit in AVALU.")
    )


def unlisted(file: str, rows: Rows, patients: Sequence[str], listed: str) -> Issue:
    """Subjects that the data set of subjects does not list."""
    wrong = say_counted(
        len(patients),
        "{n} subject is not in {listed}: {patients}.",
        "{n} subjects are not in {listed}: {patients}.",
        n=number(len(patients)),
        listed=listed,
        patients=listing(patients),
    )
    return issue("error", file, "USUBJID", rows, wrong, say("Add them to {listed}, or correct USUBJID.", listed=listed))


def no_start(file: str, rows: Rows, patients: Sequence[str]) -> Issue:
    """Treated subjects whose first day of treatment is not known."""
    wrong = say_counted(
        len(patients),
        "{n} treated subject has no first day: {patients}.",
        "{n} treated subjects have no first day: {patients}.",
        n=number(len(patients)),
        patients=listing(patients),
    )
    return issue("error", file, "TRTSDT", rows, wrong, say("Give TRTSDT as YYYY-MM-DD, or set SAFFL to N."))


def partial_dates(file: str, column: str, rows: Rows, found: Sequence[str], *, needed: bool) -> Issue:
    """Dates without their day."""
    wrong = say_counted(
        len(rows),
        "{rows} date is without a day: {found}.",
        "{rows} dates are without a day: {found}.",
        rows=number(len(rows)),
        found=listing(found),
    )
    if needed:
        return issue("error", file, column, rows, wrong, say("Complete them as YYYY-MM-DD; no day is imputed here."))
    return issue(
        "warning",
        file,
        column,
        rows,
        say("{wrong} They count as missing.", wrong=wrong),
        say("Complete them if they are known."),
    )


def unreadable_dates(file: str, column: str, rows: Rows, found: Sequence[str]) -> Issue:
    """Cells of a column of dates that are none."""
    wrong = say_counted(
        len(rows),
        "{rows} cell is no date that can be read: {found}.",
        "{rows} cells are no date that can be read: {found}.",
        rows=number(len(rows)),
        found=listing(found),
    )
    return issue("error", file, column, rows, wrong, say("Write dates as YYYY-MM-DD."))


def dates_read(file: str, column: str, pairs: Mapping[str, str], cells: int) -> Issue:
    """Dates that are written otherwise than ISO 8601."""
    shown = ", ".join(
        say("“{written}” is {read}", written=written, read=read) for written, read in list(pairs.items())[:3]
    )
    return issue(
        "understood",
        file,
        column,
        (),
        say_counted(
            cells,
            "{cells} date was read: {shown}.",
            "{cells} dates were read: {shown}.",
            cells=number(cells),
            shown=shown,
        ),
    )


def other_drugs(file: str, column: str, rows: Rows, drugs: Sequence[str], drug: str) -> Issue:
    """Subjects with another treatment than the study drug, whose first day is their day 0 all the same."""
    wrong = say_counted(
        len(rows),
        "{n} subject takes no {drug} but {drugs}. Day 0 is the first day of that, though the pages name {drug}.",
        "{n} subjects take no {drug} but {drugs}. Day 0 is the first day of that, though the pages name {drug}.",
        n=number(len(rows)),
        drug=drug,
        drugs=listing(drugs),
    )
    return issue("understood", file, column, rows, wrong, say("Leave them out of the files, if they should not count."))


def last_dates(file: str, patients: int) -> Issue:
    """Subjects with several dates on which they were known to be alive."""
    return issue(
        "understood",
        file,
        "EOSDT, LSTALVDT",
        (),
        say_counted(
            patients,
            "{patients} subject has two different last dates; the later one counts.",
            "{patients} subjects have two different last dates; the later one counts.",
            patients=number(patients),
        ),
    )


def unit_from_label(file: str, code: str, unit: str, rows: int) -> Issue:
    """Times whose unit stands only behind the name of the parameter."""
    wrong = say_counted(
        rows,
        "{code}: AVAL has no unit of its own; PARAM says {unit}s, read so in {rows} row.",
        "{code}: AVAL has no unit of its own; PARAM says {unit}s, read so in {rows} rows.",
        code=code,
        unit=unit,
        rows=number(rows),
    )
    return issue("understood", file, "AVAL", (), wrong)


def time_counted(file: str, code: str, unit: str, rows: int, *, from_0: bool) -> Issue:
    """Times without dates, as days since day 0."""
    day_0 = say("AVAL is 0 on day 0") if from_0 else say("AVAL is 1 on day 0 (ADT − STARTDT + 1)")
    if unit == "month":
        wrong = say_counted(
            rows,
            "{code}: {rows} time in months became days (a month is 30.4375 days); {day_0}.",
            "{code}: {rows} times in months became days (a month is 30.4375 days); {day_0}.",
            code=code,
            rows=number(rows),
            day_0=day_0,
        )
    else:
        wrong = say_counted(
            rows,
            "{code}: {rows} time in {unit}s became days; {day_0}.",
            "{code}: {rows} times in {unit}s became days; {day_0}.",
            code=code,
            rows=number(rows),
            unit=unit,
            day_0=day_0,
        )
    return issue("understood", file, "AVAL", (), wrong)


def units(file: str, code: str, where: Mapping[str, Rows]) -> Issue:
    """One parameter in several units."""
    told = "; ".join(
        say_counted(
            len(rows),
            "{unit} in {n} row (first line {rows})",
            "{unit} in {n} rows (first line {rows})",
            unit=unit or say("no unit"),
            n=number(len(rows)),
            rows=rows[0],
        )
        for unit, rows in where.items()
    )
    rows = sorted(row for found in where.values() for row in found)
    remedy = say("Convert them to one unit, or give the values in another unit another PARAMCD.")
    return issue(
        "error", file, "AVALU", rows, say("{code} comes in several units: {told}.", code=code, told=told), remedy
    )


def measure_unit(file: str, code: str, unit: str, values: int) -> Issue:
    """A measured parameter whose unit stands only behind its name."""
    wrong = say_counted(
        values,
        "{code} has no AVALU; the unit {unit} was taken from PARAM for {values} value.",
        "{code} has no AVALU; the unit {unit} was taken from PARAM for {values} values.",
        code=code,
        unit=unit,
        values=number(values),
    )
    return issue("understood", file, "PARAM", (), wrong)


def age_unit(file: str, units: Sequence[str]) -> Issue:
    """Ages in another unit than years."""
    return issue(
        "warning",
        file,
        "AGEU",
        (),
        say("AGE is not in years but in {units}; it is left out.", units=listing(units)),
        say("Give years."),
    )


def no_subjects() -> Issue:
    """Neither of the data sets that list subjects is there."""
    wrong = say("There is no data set that lists the subjects: ADSL, or ADTTE.")
    return issue("error", "", "", (), wrong, say("Add ADSL (one row a subject, with USUBJID and TRTSDT) to the files."))


def measure(file: str, code: str, label: str, unit: str, key: str, values: int) -> Issue:
    """How a measured parameter was taken over."""
    wrong = say_counted(
        values,
        "{code} ({label}, {unit}) as measured variable {key}: {values} value.",
        "{code} ({label}, {unit}) as measured variable {key}: {values} values.",
        code=code,
        label=label,
        unit=unit or say("no unit"),
        key=key,
        values=number(values),
    )
    return issue("understood", file, "PARAMCD", (), wrong)


def baseline(file: str, rows: Rows, code: str) -> Issue:
    """Baseline values taken before day 0."""
    wrong = say_counted(
        len(rows),
        "{code}: {rows} value marked as the baseline (ABLFL) and taken before day 0 count on day 0.",
        "{code}: {rows} values marked as the baseline (ABLFL) and taken before day 0 count on day 0.",
        code=code,
        rows=number(len(rows)),
    )
    return issue("understood", file, "ABLFL", rows, wrong)


def below_limit(file: str, rows: Rows) -> Issue:
    """Concentrations below the limit of quantification."""
    return issue(
        "understood",
        file,
        "AVAL",
        rows,
        say_counted(
            len(rows),
            "{rows} result below the limit of quantification count as AVAL gives them.",
            "{rows} results below the limit of quantification count as AVAL gives them.",
            rows=number(len(rows)),
        ),
    )


def reactions(file: str, rows: int, categories: Mapping[str, str]) -> Issue:
    """How adverse events were taken over."""
    pairs = "; ".join(
        say("{soc} as {category}", soc=soc.capitalize(), category=category) for soc, category in categories.items()
    )
    wrong = say_counted(
        rows,
        "{rows} reaction. Categories come from AEBODSYS: {pairs}; all others as Other.",
        "{rows} reactions. Categories come from AEBODSYS: {pairs}; all others as Other.",
        rows=number(rows),
        pairs=pairs,
    )
    return issue("understood", file, "", (), wrong)


def treatments(file: str, stopped: int, told: str) -> Issue:
    """How the study drug was taken over."""
    return issue(
        "understood",
        file,
        "",
        (),
        say_counted(
            stopped,
            ("The drug begins on TRTSDT; {stopped} patient with {told} stops it on TRTEDT, without a reason."),
            ("The drug begins on TRTSDT; {stopped} patients with {told} stop it on TRTEDT, without a reason."),
            stopped=number(stopped),
            told=told,
        ),
    )


def unknown_kind(file: str) -> Issue:
    """A data set that is none of those that are understood."""
    wrong = say("This data set is none of those understood: ADSL, ADTTE, ADPC or ADLB, ADAE.")
    return issue("warning", file, "", (), wrong, say("It is left out."))


def no_parameter(file: str, code: str, codes: Sequence[str]) -> Issue:
    """A time-to-event parameter that is not in the file."""
    wrong = say("There is no parameter “{code}”.", code=code)
    return issue("error", file, "PARAMCD", (), wrong, say("Choose among {codes}.", codes=every(codes)))


def no_endpoint(file: str, codes: Sequence[str]) -> Issue:
    """No parameter that could be taken for death without asking."""
    wrong = say("Which parameter is the time to death is not clear: {codes}.", codes=every(codes))
    return issue("error", file, "PARAMCD", (), wrong, say("Choose one."))


def reverse(file: str, code: str, of: str) -> Issue:
    """A parameter that holds the follow-up of another one."""
    wrong = say(
        "“{code}” has the times of “{of}” with events and censoring exchanged: it is follow-up and no endpoint.",
        code=code,
        of=of,
    )
    return issue("understood", file, "PARAMCD", (), wrong)


def censoring(file: str, rows: Rows) -> Issue:
    """Censoring codes that are not whole numbers from 0."""
    wrong = say("The censoring code is not 0 (event) or a whole number above (censored).")
    return issue("error", file, "CNSR", rows, wrong, say("Correct CNSR."))


def time_unit(file: str, units: Sequence[str]) -> Issue:
    """Times in a unit that is not known, in several, or in none."""
    wrong = (
        say("Times are in a unit that is not known: {units}.", units=listing(units))
        if units
        else say("Times (AVAL) have no unit.")
    )
    remedy = say("Give the dates ADT and STARTDT, or in AVALU one of DAYS, WEEKS, MONTHS, YEARS for all rows.")
    return issue("error", file, "AVALU", (), wrong, remedy)


def disagreeing(file: str, rows: Rows) -> Issue:
    """Analysis values that are not what the dates say."""
    wrong = say("AVAL is not ADT − STARTDT + 1; the dates were used.")
    return issue("warning", file, "AVAL", rows, wrong, say("Look these rows up."))


def several(file: str, rows: Rows, code: str) -> Issue:
    """A patient with more than one time of one parameter."""
    wrong = say("Patients have more than one row of “{code}”.", code=code)
    return issue(
        "error", file, "USUBJID", rows, wrong, say("Keep one row a patient and parameter, or mark it by ANL01FL.")
    )
