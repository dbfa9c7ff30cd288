"""Words of the forest plot: one row a level under a heading row a factor."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from components.core.analysis_set_words import because, counted, unbroken, until
from components.core.envelope import Envelope, Ranged
from components.core.envelope_words import Verdict, explained, spread, verdict
from components.core.estimate import Reason
from components.core.markup import LINE, bold, italic
from components.core.numbers import bare_p, count, decimal, happened, joined, p_value, patients, with_interval
from components.core.reason_words import LONG, NA, SHORT
from components.core.small_counts import hiding
from components.core.table import Table
from components.survival.detectable_words import COLUMN, EXPLAINED, detectable
from components.survival.words import none_had
from data.language import say, say_counted

if TYPE_CHECKING:
    from components.core.analysis_set import FollowUp
    from components.survival.hazard_ratios import Comparison, LevelRatio, Order, Prognosis
    from components.survival.reconstructions import RatiosAcross

COLUMNS = (
    say("Factor and level"),
    say("Patients"),
    say("Events"),
    say("Hazard ratio, log scale"),
    say("HR (95% CI)"),
    say("p"),
    say("FDR p"),
)
CHOSEN = say("Only these factors")
EVERY_FACTOR = say("every factor")
ORDER = say("Order of factors")
ORDERS: dict[Order, str] = {
    "listed": say("as listed"),
    "ratio": say("largest ratio first"),
    "p": say("smallest p first"),
}
REFERENCE = say("Compare with")
REFERENCE_HELP = say(
    "The level that the others of its factor are compared with, where it is not to be the usual one. Of several of one "
    "factor the first counts."
)
USUAL = say("the usual levels")
FAVOURS = (say("fewer events"), say("more events"))


@dataclass(frozen=True)
class Row:
    """One printed row; ``value`` and its limits are drawn, the rest is text. ``key`` is the factor's.

    ``level`` is the id of a level, blank in a heading. ``name`` says in full what the row is of.
    """

    key: str
    label: str
    heading: bool
    name: str = ""
    n: str = ""
    events: str = ""
    ratio: str = ""
    p: str = ""
    q: str = ""
    hover: str = ""
    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    event_count: int = 0
    is_reference: bool = False
    level: str = ""


def one_reference(factor: str, used: str) -> str:
    """That a factor is compared with one level where two were chosen, and with which."""
    return say(
        "{factor}: two levels were chosen to compare with. Ratios are against {used}; remove the other choice, or this "
        "one to compare with the other.",
        factor=factor,
        used=used,
    )


def forest_rows(result: Prognosis) -> tuple[Row, ...]:
    """A heading row a factor, with the patients whose level is not known, then its levels that have patients."""
    rows: list[Row] = []
    for comparison, rates in zip(result.comparisons, result.false_discovery, strict=True):
        unknown = f"  {italic(f'({_unknown(comparison)})')}" if comparison.unknown else ""
        shown = italic(_at_best(comparison)) if comparison.detectable else ""
        rows.append(
            Row(
                comparison.key,
                f"{comparison.title}{unknown}",
                heading=True,
                name=comparison.title,
                ratio=shown,
                p=bare_p(comparison.p),
            )
        )
        rows += [
            replace(_row(comparison, level, result.analysed.follow_up), q="" if rate is None else bare_p(rate))
            for level, rate in zip(comparison.levels, rates, strict=True)
            if level.n
        ]
    return tuple(rows)


def of_factor(factor: str, level: str) -> str:
    """A level where its factor stands not beside it."""
    return say("{factor}: {level}", factor=factor, level=level)


def _unknown(comparison: Comparison) -> str:
    return say("{unknown} not known", unknown=count(comparison.unknown))


def _at_best(comparison: Comparison) -> str:
    """What the comparison, or of several the one with most power, could have shown."""
    several = sum(level.detectable is not None for level in comparison.levels) > 1
    return (
        say("best {detectable}", detectable=detectable(comparison.detectable))
        if several
        else f"{detectable(comparison.detectable)}"
    )


def _row(comparison: Comparison, level: LevelRatio, follow_up: FollowUp) -> Row:
    ratio = say("reference") if level.reference else with_interval(level.ratio, 2)
    why = (
        f"{LINE}{because(level.ratio.reason, follow_up)}"
        if level.ratio.reason
        else say("{line}HR {ratio}", line=LINE, ratio=ratio)
    )
    if not level.reference and level.n:
        why += f"{LINE}{COLUMN}: {detectable(level.detectable)}"
    who = f"{patients(level.n)}, {_events(level.events)} {until(follow_up)}"
    return Row(
        key=comparison.key,
        label=level.label,
        heading=False,
        name=of_factor(comparison.title, level.label),
        n=count(level.n),
        events=count(level.events),
        ratio=ratio,
        p="" if level.p is None else bare_p(level.p),
        hover=f"{bold(of_factor(comparison.title, level.label))}{LINE}{who}{why}",
        value=level.ratio.value,
        lower=level.ratio.lower,
        upper=level.ratio.upper,
        event_count=level.events,
        is_reference=level.reference,
        level=level.group.id,
    )


def _events(n: int) -> str:
    return say_counted(n, "{n} event", "{n} events", n=count(n))


def events_column(result: Prognosis) -> str:
    """The head of the column of events, which says until when they count: ``Events to month 47``."""
    return f"{COLUMNS[2]} {unbroken(until(result.analysed.follow_up))}"


def horizon_sentence(result: Prognosis) -> str:
    """Over which follow-up events count."""
    follow_up = result.analysed.follow_up
    if follow_up.whole:
        return say("Events count over all follow-up, {until}.", until=until(follow_up))
    return say("Events count {until} only: patients followed longer are censored then.", until=until(follow_up))


def across_column(members: int) -> str:
    """The head of the column of ranges."""
    return say("HR across {n} reconstructions", n=decimal(members))


def ranged(comparison: Comparison, level: LevelRatio, found: Envelope) -> Ranged:
    """The range of the hazard ratio of one level, as it is printed."""
    what = say("hazard ratio of {factor}: {level}", factor=comparison.title, level=level.label)
    return Ranged(what, found, 2)


def ratios_verdict(result: Prognosis, found: RatiosAcross | None) -> Verdict:
    """Whether the paper fixes the ratios; nothing where there are no ranges."""
    ranges = found.ranges if found else {}
    numbers = [
        ranged(one, level, ranges[one.key, level.group.id])
        for one in result.comparisons
        for level in one.levels
        if (one.key, level.group.id) in ranges
    ]
    return verdict(numbers, found.members if found else 0)


def drawn_below(members: int) -> str:
    """What the dotted lines of the forest plot are."""
    return say(
        "Dotted line below a square, where it is not fixed: its hazard ratio in {n} reconstructions, least to most. "
        "{explained}",
        n=decimal(members),
        explained=explained(members),
    )


def forest_table(result: Prognosis, found: RatiosAcross | None = None) -> Table:
    """The same rows as plain text, with the range of each ratio over other reconstructions where ``found``."""
    rows: list[tuple[str, ...]] = []
    strong: set[int] = set()
    for comparison, rates in zip(result.comparisons, result.false_discovery, strict=True):
        strong.add(len(rows))
        rows.append((comparison.title, "", "", "", bare_p(comparison.p), "", "", *(("",) if found else ())))
        for level, rate in zip(comparison.levels, rates, strict=True):
            own = _row(comparison, level, result.analysed.follow_up)
            shown = "" if level.reference else detectable(level.detectable)
            range_ = found.ranges.get((comparison.key, level.group.id)) if found else None
            across = (("" if range_ is None else spread(ranged(comparison, level, range_))),) if found else ()
            false = "" if rate is None else bare_p(rate)
            rows.append((own.label, own.n, own.events, own.ratio, own.p, false, shown, *across))
    more = (across_column(found.members),) if found else ()
    columns = (*COLUMNS[:2], events_column(result), *COLUMNS[4:], COLUMN, *more)
    return Table(columns, tuple(rows), strong=frozenset(strong))


def forest_summary(result: Prognosis) -> str:
    """The forest plot in a paragraph: what stands out at the 5% level, and how many comparisons were made."""
    apart = [
        say(
            "{title} {label} against {reference} ({with_interval})",
            title=c.title,
            label=level.label,
            reference=c.against,
            with_interval=with_interval(level.ratio, 2),
        )
        for c in result.comparisons
        for level in c.levels
        if level.p is not None and level.p < 0.05
    ]
    made = result.made
    head = f"{result.endpoint.label}: {patients(result.n)}, {happened(result.endpoint, result.events)}, "
    head += f"{counted(result.analysed.follow_up)}."
    found = (
        (" " + say("Intervals that exclude 1: {apart}.", apart=joined(apart)))
        if apart
        else (" " + say("No interval excludes 1, which does not mean that no factor matters."))
        if made
        else ""
    )
    found += _without_ratio(result)
    return say_counted(
        made,
        "{head} {made} hazard ratio.{found}",
        "{head} {made} hazard ratios.{found}",
        head=head,
        made=decimal(made),
        found=found,
    )


def forest_caution(result: Prognosis) -> str:
    """How far so many comparisons of so few events can be trusted; without any, why there is none."""
    made = result.made
    if not made:
        return _absent(result).strip()
    return say_counted(
        made,
        (
            "{n} univariate comparison over {happened}: {by_chance} would fall below p = 0.05 by "
            "chance alone. The p-value beside a level is Wald's, that in a factor's heading row is the score "
            "test of the whole factor; the hazard ratio there, in italics, is the weakest detectable. "
            "FDR p: Benjamini and Hochberg's, over all of them; of those below 0.05 by it 5 in 100 are expected to "
            "be false. {explained}{absent}"
        ),
        (
            "{n} univariate comparisons over {happened}: {by_chance} would fall below p = 0.05 by "
            "chance alone. The p-value beside a level is Wald's, that in a factor's heading row is the score "
            "test of the whole factor; the hazard ratio there, in italics, is the weakest detectable. "
            "FDR p: Benjamini and Hochberg's, over all of them; of those below 0.05 by it 5 in 100 are expected to "
            "be false. {explained}{absent}"
        ),
        happened=happened(result.endpoint, result.events),
        by_chance=_by_chance(made),
        explained=EXPLAINED,
        absent=_absent(result),
        n=decimal(made),
    )


def _by_chance(made: int) -> str:
    """How many of so many comparisons fall below 5% where nothing differs."""
    expected = round(made * 0.05)
    return say("about {expected}", expected=decimal(expected)) if expected else say("fewer than one")


def _without_ratio(result: Prognosis) -> str:
    """Factors that differ as a whole at the 5% level, though no interval says so; blank where there are none."""
    found = [
        f"{one.title} ({p_value(one.p)})"
        for one in result.comparisons
        if one.p is not None
        and one.p < 0.05
        and not any(level.p is not None and level.p < 0.05 for level in one.levels)
    ]
    return (
        (" " + say("Below p = 0.05 as a whole, without such an interval: {found}.", found=joined(found)))
        if found
        else ""
    )


def _absent(result: Prognosis) -> str:
    """Why some ratios are not given, every reason there is among these factors; blank where all are."""
    found = dict.fromkeys(level.ratio.reason for one in result.comparisons for level in one.levels)
    told = [because(why, result.analysed.follow_up) for why in found if why and SHORT[why] == NA]
    return "".join(f" {sentence}" for sentence in told)


def no_events(result: Prognosis) -> str:
    """Why there are no hazard ratios, and what is still shown."""
    if hiding():
        return LONG[Reason.WITHHELD]
    nobody_had = none_had(result.endpoint, result.n, result.analysed.follow_up)
    return say(
        "{nobody_had}, so no hazard ratio can be given; the numbers of patients are shown.", nobody_had=nobody_had
    )


def nothing_differs(result: Prognosis) -> str:
    """Why patients who are alike in every factor, or a single one, are not compared."""
    if result.n == 1:
        return say("A single patient cannot be compared with others. Remove a condition of the filter to go on.")
    return say(
        "These {patients} do not differ in any of the factors shown, as far as they are known, so there is nothing to "
        "compare.",
        patients=patients(result.n),
    )
