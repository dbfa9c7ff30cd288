"""Words of the first reaction: who had it, and when."""

from __future__ import annotations

from components.core.columns import Share
from components.core.markup import LINE, bold
from components.core.numbers import count, inside, joined, months, patients, percent, share_percent
from components.core.procedure import procedures_of
from components.core.procedure_words import brief
from components.core.table import Table
from components.safety.first_reaction import CumulativeIncidence, IncidenceCurve
from components.safety.reported import Report
from components.survival import competing_words as competing
from components.survival.words import BANDS_LEFT_OUT, limits_sentence, when, with_limits
from data.language import say, say_counted

CATEGORY, ANY_CATEGORY, TERM, ANY_TERM, SERIOUS = (
    say("Category"),
    say("Any category"),
    say("Term"),
    say("Any term"),
    say("Serious only"),
)
RISK_ROWS = (("at_risk", say("at risk")), ("events", say("with a reaction")))
LIST_ALLOWED = say("List single patients")
LIST_HELP = say("Rows of your own cohort stay hidden until you ask for them; they never leave this session.")
HIDDEN = say("Single patients of an imported cohort are not listed. The switch above shows them in this session only.")
MANY_DAYS = 8
"""So many days are named one by one."""
UNKNOWN_DAY, UNKNOWN_OUTCOME = say("not recorded"), say("not recorded")

RANGED = say(
    "shares are the range in which the true one lies, as wide as five patients of the group, and the curve is drawn at "
    "the lower end of it"
)


def asked(category: str, term: str) -> str:
    """What is looked for, by the label of its category: ``Pneumonia (Infections)``, ``Infections``, or any reaction."""
    return f"{term} ({category})" if term else category or say("any reaction")


def axis_label(result: CumulativeIncidence) -> str:
    """The title of the upright axis."""
    return say("With a first serious reaction") if result.serious else say("With a first reaction")


def incidence_title(result: CumulativeIncidence) -> str:
    """The title of the figure."""
    title = say("Time to the first serious reaction") if result.serious else say("Time to the first reaction")
    if result.category:
        title = say("{title}: {what}", title=title, what=asked(result.label, result.term_label))
    return say("{title}, by {group}", title=title, group=inside(result.groups.title)) if result.groups.title else title


def answer(found: Share, grave: Share, reports: tuple[Report, ...], what: str) -> str:
    """How many patients had it, how often and when; how many of them a serious one, and when."""
    if not found.n:
        whom = say_counted(
            found.of,
            "not reported in this patient",
            "reported in none of these {patients}",
            patients=patients(found.of),
        )
        return f"{what[0].upper()}{what[1:]}: {whom}."
    of = bold(say("{n} of {patients}", n=count(found.n), patients=patients(found.of)))
    head = f"{what[0].upper()}{what[1:]}: {of} ({percent(found.n / found.of)})"
    serious = tuple(report for report in reports if report.serious)
    if len(serious) == len(reports):
        return say(
            "{head}, {how_often}, all serious, {days}.", head=head, how_often=_how_often(reports), days=_days(reports)
        )
    if not serious:
        return say(
            "{head}, {how_often}, none serious, {days}.", head=head, how_often=_how_often(reports), days=_days(reports)
        )
    return say(
        "{head}, {how_often}, {days}. Serious: {patients} ({percent}), {how_often_2}, {days_2}.",
        head=head,
        how_often=_how_often(reports),
        days=_days(reports),
        patients=bold(patients(grave.n)),
        percent=percent(grave.n / grave.of),
        how_often_2=_how_often(serious),
        days_2=_days(serious),
    )


def answer_in_fives(found: Share, grave: Share, reports: int, what: str) -> str:
    """How many patients had it, how often, and how many of them a serious one, where small counts are hidden."""
    return say(
        "{what}: {n} of {patients}, {reports} reactions. Serious: {serious}.",
        what=f"{what[0].upper()}{what[1:]}",
        n=bold(count(found.n)),
        patients=patients(found.of),
        reports=count(reports),
        serious=bold(patients(grave.n)),
    )


def _how_often(reports: tuple[Report, ...]) -> str:
    return say_counted(len(reports), "{reports} reaction", "{reports} reactions", reports=count(len(reports)))


def _days(reports: tuple[Report, ...]) -> str:
    days = sorted({report.day for report in reports if report.day is not None})
    if not days:
        return say("days not recorded")
    if len(days) > MANY_DAYS:
        return say("from day {days} to day {days_2}", days=count(days[0]), days_2=count(days[-1]))
    return say_counted(len(days), "on day {days}", "on days {days}", days=joined([count(day) for day in days]))


def hover(curve: IncidenceCurve, i: int) -> str:
    """What a curve says under the pointer at its step ``i``."""
    day = int(curve.days[i])
    incidence, lower, upper = (float(part[i]) for part in (curve.incidence, curve.lower, curve.upper))
    share = with_limits(incidence, lower, upper, bool(curve.beta_product[i]))
    return say(
        "{label}{line}month {months} (day {day}): {share}",
        label=bold(curve.label),
        line=LINE,
        months=months(day),
        day=day,
        share=share,
    )


def incidence_table(result: CumulativeIncidence) -> Table:
    """One row a group: patients, with the reaction, dead without it, cumulative incidence at the chosen days."""
    at = [say("At {when}", when=when(day)) for day in result.at_days]
    rows = tuple(
        (
            curve.label,
            count(curve.n),
            count(curve.events),
            count(curve.deaths),
            *(share_percent(share) for share in curve.at),
        )
        for curve in result.curves
    )
    return Table(
        (result.groups.title or say("Group"), say("Patients"), say("With a reaction"), say("Died without one"), *at),
        rows,
    )


def tables(result: CumulativeIncidence) -> tuple[Table, ...]:
    """The shares of each group, and where there are several the groups compared cause by cause."""
    shares = incidence_table(result)
    if not result.comparisons:
        return (shares,)
    return shares, competing.comparison_table(result.comparisons, competing.names(result.endpoint.event))


def incidence_note(result: CumulativeIncidence, *, bands_left_out: bool = False) -> str:
    """How the curve is computed."""
    bands = f" {BANDS_LEFT_OUT}" if bands_left_out else ""
    told = (
        competing.CENSORED if result.comparisons else "",
        competing.why_missing(result.comparisons, result.analysed),
        brief(procedures_of(result.comparisons), result.method.level),
    )
    compared = "".join(f" {part}" for part in told if part)
    return say(
        "Cumulative incidence (Aalen-Johansen): death before a reaction is a competing event, so the "
        "curve is the share of patients who really had it by then; {limits_sentence}. A reaction "
        "without a day, or after the last visit, is counted above but not in the curve.{bands}{compared}",
        compared=compared,
        limits_sentence=RANGED if result.analysed.rounded else limits_sentence(result.method),
        bands=bands,
    )


def incidence_summary(result: CumulativeIncidence) -> str:
    """The figure in a paragraph."""
    title = incidence_title(result)
    groups = [
        say(
            "{label}: {events} of {patients}, {deaths} died without",
            label=c.label,
            events=count(c.events),
            patients=patients(c.n),
            deaths=count(c.deaths),
        )
        for c in result.curves
    ]
    return f"{title}. {'; '.join(groups)}." if groups else say("{title}: no patients are left to show.", title=title)


def reports_table(reports: tuple[Report, ...]) -> Table:
    """One row a reaction, the earliest first."""
    rows = tuple(
        (
            report.patient,
            UNKNOWN_DAY if report.day is None else count(report.day),
            "" if report.day is None else months(report.day),
            report.category,
            report.term,
            say("Yes") if report.serious else say("No"),
            report.outcome or UNKNOWN_OUTCOME,
        )
        for report in reports
    )
    return Table(
        (say("Patient"), say("Day"), say("Month"), say("Category"), say("Term"), say("Serious"), say("Outcome")),
        rows,
        texts=frozenset({3, 4, 5, 6}),
    )
