"""What must be read before groups that a visitor has made are compared."""

from __future__ import annotations

from collections.abc import Sequence

from components.core.made_factors import Overlap, Shared
from components.core.numbers import count, inside, joined, patients
from data.entries import Factor
from data.filters import Filter
from data.kept_cohorts import KeptCohort
from data.language import say, say_counted

KEPT, REST = say("Kept cohorts"), say("Patients shown and the rest")
PROGRESSED, INFECTION = say("Progressed by a landmark"), say("Serious infection by a landmark")
SHARED, SHARED_HELP = (
    say("Patients in several"),
    say("Only groups without a common patient can be tested: patients of several stand apart or are left out."),
)
SHARED_OPTIONS: dict[Shared, str] = {"apart": say("Own group"), "out": say("Left out")}
AGAINST, AGAINST_HELP = (
    say("The rest of"),
    say("Whom the patients shown are compared with: everybody else, or those who meet all conditions but one."),
)
EVERYBODY = say("Everybody")
BY_DAY, BY_DAY_HELP = (
    say("Recorded by day"),
    say(
        "Patients are divided by what was recorded up to this day, and only those followed beyond it are "
        "compared, so that nobody is credited with the time he had to survive."
    ),
)


def untested(factor: Factor) -> str:
    """The switch that makes a group of those whose level is not known."""
    return say("{missing} as a group", missing=factor.missing.label)


def untested_notice(factor: Factor, n: int) -> str:
    """That whose level is not known is a group of its own, and what that is not."""
    return say_counted(
        n,
        "{n} patient whose {factor} is {missing} is a group of its own: not being tested is no result, and may go with "
        "much else.",
        "{n} patients whose {factor} is {missing} are a group of their own: not being tested is no result, and may go "
        "with much else.",
        n=count(n),
        factor=inside(factor.label),
        missing=inside(factor.missing.label),
    )


def kept_notice(kept: Sequence[KeptCohort], *, filtered: bool) -> str:
    """Which kept cohorts are compared, and that the filter does not touch them."""
    aside = " " + say("The filter is not applied to them.") if filtered else ""
    return say("Compared are {cohorts}.{aside}", cohorts=joined([one.sentence for one in kept]), aside=aside)


def overlap_notice(overlap: Overlap, shared: Shared) -> str:
    """How many patients two kept cohorts share, and where these stand."""
    one, other = (cohort.label for cohort in overlap.cohorts)
    if overlap.same:
        return say(
            "{one} and {other} are the same {patients}, so there is nothing to compare between them.",
            one=one,
            other=other,
            patients=patients(overlap.n),
        )
    if overlap.inside and shared == "apart":
        return say(
            "{one} lies within {other}: all its {patients} are in both, and it is compared with {other} without {one}.",
            one=one,
            other=other,
            patients=patients(overlap.n),
        )
    where = say("in a group of their own") if shared == "apart" else say("left out")
    return say_counted(
        overlap.n,
        "{n} patient is in both {one} and {other}: {where}.",
        "{n} patients are in both {one} and {other}: {where}.",
        n=count(overlap.n),
        one=one,
        other=other,
        where=where,
    )


def rest_notice(inner: Filter, around: Filter) -> str:
    """Who is shown against whom."""
    of = around.sentence if around.parts else inside(EVERYBODY)
    return say("Shown: {inner}. The rest: all others of {of}.", inner=inner.sentence, of=of)


def nobody_left(n: int) -> str:
    """That all who could be the rest are shown themselves; blank where somebody is left."""
    return "" if n else say("Nobody is left to compare with: all of these are shown. Choose another rest.")


def without_level(unknown: Sequence[tuple[Factor, int]]) -> str:
    """Who of the rest is there only because nothing is recorded of a condition; blank for nobody."""
    said = [
        say("{n} {missing} ({factor})", n=count(n), missing=inside(factor.missing.label), factor=inside(factor.label))
        for factor, n in unknown
        if n
    ]
    return say("Among the rest: {said}.", said=joined(said)) if said else ""


def recorded_notice(label: str, day: int, left: int) -> str:
    """Who is compared by what was recorded up to a day, and what may be read from it."""
    before = say("What came before that day led to the grouping and only describes it.")
    who = say("{label}: compared are those followed beyond day {day}.", label=label, day=day)
    if not left:
        return f"{who} {before}"
    out = say_counted(
        left,
        "{n} patient was not followed beyond it and is left out.",
        "{n} patients were not followed beyond it and are left out.",
        n=count(left),
    )
    return f"{who} {out} {before}"
