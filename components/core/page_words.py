"""Words of the frame around every page: filter, cohort bar, provenance."""

from __future__ import annotations

from collections.abc import Sequence

from components.core.estimate import Estimate
from components.core.markup import bold
from components.core.numbers import DAYS_PER_MONTH, count, decimal, happened, joined, months, patients
from components.core.rounded import half_years_over, whole_months
from components.core.small_counts import hiding
from data.cohort import Cohort, Provenance
from data.entries import Endpoint, Population
from data.filters import Filter
from data.language import say
from data.reading.cells import unmarked

FILTER = say("Patients shown")
FILTER_HELP = say(
    "Choose one or several levels; nothing chosen keeps everybody. The page's address carries the choice."
)
MORE = say("More characteristics")
RESET = say("Show all patients")
ALL_PATIENTS = say("All patients, no filter")
AS_TABLE = say("The same numbers as a table")
BROKEN = say(
    "This part could not be shown. The other pages still work; showing all patients may help here. "
    "Where it went wrong stands in the log of the server, without a word about patients."
)
UNDERSTOOD = say("Close this notice")
COPY_LINK, LINK_COPIED = say("Copy link"), say("Link copied")
LINK_SHOWN = say("Copy the selected link with Ctrl+C or Cmd+C")
NOBODY = say("Nobody meets all conditions. One click leads on:")
CHIP_HELP = say("Click to remove this condition. In brackets: patients it leaves out on its own.")


def cases(n: int) -> str:
    """What a list of single cases is unfolded by."""
    return say("Each case ({n})", n=count(n))


def keep_missing(n: int) -> str:
    """The choice offered when a range leaves out patients without a value."""
    return say("Keep {patients} without a value", patients=patients(n))


def cohort_line(shown: Cohort, whole: Cohort, endpoint: Endpoint, events: int, follow_up: Estimate) -> str:
    """The cohort bar: ``61 of 169 patients, 12 deaths to month 37, median follow-up 33.1 months``."""
    share = (
        patients(shown.n)
        if shown.n == whole.n
        else say("{n} of {patients}", n=count(shown.n), patients=patients(whole.n))
    )
    if not shown.n:
        return bold(share)
    known, last = follow_up.value, float(shown.last_day)
    if hiding():
        known, last = None if known is None else whole_months(known), half_years_over(last)
    middle = say("not estimable") if known is None else say("{months} months", months=months(known))
    over = say("to month {month}", month=decimal(last / DAYS_PER_MONTH))
    return say(
        "{share}, {happened} {over}, median follow-up {middle}",
        share=bold(share),
        happened=happened(endpoint, events),
        over=over,
        middle=middle,
    )


def few_line(shown: Cohort, whole: Cohort) -> str:
    """The cohort bar where a database does not say how many events there were, or not even how many patients."""
    if shown.few:
        return bold(say("fewer than five of {patients}", patients=patients(whole.n)))
    return bold(say("{n} of {patients}", n=count(shown.n), patients=patients(whole.n)))


def population_line(population: Population) -> str:
    """Which analysis population the page counts."""
    return f"{population.label[0].upper()}{population.label[1:]}"


def chip(sentence: str, removed: int) -> str:
    """A filter's chip: what it asks for, and how many patients it removes on its own."""
    return f"{sentence} ({decimal(-removed)})" if removed and not hiding() else sentence


def without_condition(sentence: str, n: int) -> str:
    """A way on from a filter that keeps nobody: the condition that is taken away, and how many patients there are then.

    Where small counts are hidden the number is left out.
    """
    if hiding():
        return say("Without “{condition}”", condition=sentence)
    return say("Without “{condition}”: {patients}", condition=sentence, patients=patients(n))


def without_any(n: int) -> str:
    """The way on that takes every condition away, and how many patients there are then, unless small counts hide."""
    return say("Without any condition") if hiding() else say("Without any condition: {all_}", all_=patients(n))


def provenance_line(provenance: Provenance) -> str:
    """Where the patients come from, in one line for every page."""
    if provenance.kind == "reconstructed":
        return say("Reconstructed from published aggregates; no row is a real patient")
    if provenance.installed:
        return say("Cohort of this installation: {name}", name=provenance.name)
    return say("Imported cohort: {name}, kept in this session only", name=provenance.name)


def ignored_notice(ignored: Sequence[str]) -> str:
    """What a link asked for that does not exist here."""
    return say(
        "Parts of this link are not known here and were ignored: {ignored}.",
        ignored=joined([quoted(text) for text in ignored]),
    )


def quoted(text: str) -> str:
    """A piece of a link or a file as it stands there, not long."""
    return f"“{unmarked(text[:60])}”"


def other_data(data: str) -> str:
    """That a link was made while other patients were open."""
    return say("This link was made with other data ({data}): numbers may differ.", data=quoted(data))


def other_version(version: str, here: str) -> str:
    """That a link was made with another version of the dashboard."""
    return say("This link was made with version {version}; this is version {here}.", version=quoted(version), here=here)


def filter_sentence(chosen: Filter) -> str:
    """The filter for a caption."""
    return ALL_PATIENTS if chosen == Filter() else chosen.sentence


def compared_instead(among: Filter) -> str:
    """Whom the page counts where it compares others than those whom the filter keeps."""
    return say("Counted on this page: {sentence}", sentence=filter_sentence(among))


def mark(provenance: Provenance) -> str:
    """The short mark under every figure, which leads to the Evidence page."""
    return say("Reconstructed, no real patients") if provenance.kind == "reconstructed" else say("Imported cohort")
