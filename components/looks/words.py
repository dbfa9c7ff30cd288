"""The words of the comparisons looked at: the line in the frame, the table, and what they are worth together."""

from __future__ import annotations

from collections.abc import Sequence

from components.core.ledger import PLANNED, Entry, Ledger
from components.core.look import LEVEL, Look
from components.core.numbers import bare_p, count, decimal, joined, p_value, percent, with_interval
from components.core.table import Table
from data.language import say, say_counted

TITLE = say("Comparisons looked at")
QUESTION = say("How many comparisons were looked at here, and which hold?")
NONE = say("No comparison was looked at in this session yet.")
NONE_ON_FILE = say(
    "Every p-value that a page shows is listed here, once for each comparison: of which patients, with how many "
    "events, and what is left of it when all of them are allowed for."
)
BEGIN = say("Compare groups on Survival")
CLEAR = say("Begin anew")
CLEAR_HELP = say("Forget the comparisons listed; what is looked at from now on counts from one.")
BRING_BACK = say("Bring the list back")


def line(ledger: Ledger) -> str:
    """The line in the frame: how many, and how often so many deceive."""
    m = len(ledger.exploratory)
    if not m:
        return say("No further comparison looked at so far.")
    return say_counted(
        m,
        (
            "{m} comparison looked at. Where nothing truly differs, at least one p-value below 0.05 is "
            "seen in {chance} of such sessions."
        ),
        (
            "{m} comparisons looked at. Where nothing truly differs, at least one p-value below 0.05 is "
            "seen in about {chance} of such sessions."
        ),
        m=decimal(m),
        chance=percent(ledger.by_chance, 0),
    )


def between(look: Look) -> str:
    """The groups of a look, or the number whose values are compared."""
    return say(" v ").join(group.label for group in look.groups) or say("by value")


def compared(look: Look) -> str:
    """What is compared, after what: ``Overall survival: Subtype``."""
    return say("{endpoint}: {compared}", endpoint=look.endpoint.label, compared=look.compared or between(look))


COLUMNS = (
    say("Comparison"),
    say("Groups"),
    say("Patients shown"),
    say("n"),
    say("Events"),
    say("Hazard ratio (95% CI)"),
    say("p"),
    say("Holm p"),
    say("FDR p"),
)


def explored(ledger: Ledger) -> Table:
    """The exploratory comparisons, the smallest p first, each with its p-values among all."""
    rows = sorted(
        zip(ledger.exploratory, ledger.holm, ledger.false_discovery, strict=True), key=lambda row: row[0].look.p
    )
    cells = tuple((*_cells(entry), bare_p(holm), bare_p(discovery)) for entry, holm, discovery in rows)
    return Table(COLUMNS, cells, EXPLORED, texts=frozenset({1, 2}))


def printed(ledger: Ledger) -> Table:
    """The comparisons that the paper printed, in the order in which they were looked at."""
    return Table(COLUMNS[:-2], tuple(_cells(entry) for entry in ledger.printed), PRINTED, texts=frozenset({1, 2}))


EXPLORED = say("Explored here")
PRINTED = say("Printed by the paper")


def _cells(entry: Entry) -> tuple[str, ...]:
    look = entry.look
    ratio = with_interval(look.ratio, 2) if look.ratio is not None else ""
    return (
        compared(look),
        between(look),
        entry.patients,
        count(look.n),
        count(look.events),
        ratio,
        bare_p(look.p),
    )


def verdict(ledger: Ledger) -> str:
    """Which comparisons hold after all are allowed for."""
    found = [f"{compared(entry.look)} ({between(entry.look)})" for entry in ledger.findings]
    if not ledger.exploratory:
        return say("None of the comparisons goes beyond those that were published.")
    if not found:
        least = bare_p(min(ledger.holm))
        return say("None of them holds when all are allowed for: the smallest Holm p-value is {least}.", least=least)
    return say_counted(
        len(found),
        "One holds when all are allowed for (Holm p below 0.05): {found}.",
        "{n} hold when all are allowed for (Holm p below 0.05): {found}.",
        n=decimal(len(found)),
        found=joined(found),
    )


def note(ledger: Ledger) -> str:
    """How the list is made and judged."""
    return say(
        "A comparison counts once: the same endpoint, groups, patients and follow-up, whichever page or test shows it. "
        "Holm p: the chance, at most, of one false finding among all, judged as {judged} comparisons (at least "
        "{planned}, so that a first look is no finding because it was the first); where p is below 0.05, made of the "
        "permutation p, since approximations fail first where groups are small. FDR p: Benjamini and Hochberg's; of "
        "the comparisons below {level} by it, 5 in 100 are expected to be false. Comparisons that were published "
        "before were chosen by their authors and do not count. The list is this session's: it stands in no link, is "
        "forgotten with the cohort, and begins anew when the page is loaded again.",
        judged=decimal(ledger.judged_as),
        planned=decimal(PLANNED),
        level=f"{LEVEL:g}",
    )


def carried(ledger: Ledger, shown: Sequence[Entry]) -> tuple[str, ...]:
    """What a file with the comparisons ``shown`` says of them: which of how many they are, and what is left of p.

    Nothing where it shows none. What the ledger does not hold yet counts as its last.
    """
    known = ledger.with_entries(shown)
    keys = {entry.key for entry in shown}
    printed_there = sum(entry.key in keys for entry in known.printed)
    places = [i for i, entry in enumerate(known.exploratory) if entry.key in keys]
    return (
        *((_explored_line(known, places),) if places else ()),
        *((_printed_line(printed_there, len(known.exploratory)),) if printed_there else ()),
    )


def _explored_line(ledger: Ledger, places: Sequence[int]) -> str:
    m, judged = decimal(len(ledger.exploratory)), decimal(ledger.judged_as)
    first = min(places, key=lambda i: ledger.exploratory[i].look.p)
    p = p_value(ledger.exploratory[first].look.p)
    holm, discovery = (p_value(min(ps[i] for i in places)) for ps in (ledger.holm, ledger.false_discovery))
    if len(places) == 1:
        return say(
            "Comparison {k} of {m} looked at so far: {p}; allowing for all of them (judged as {judged}) "
            "Holm {holm}, FDR {discovery}.",
            k=decimal(places[0] + 1),
            m=m,
            p=p,
            judged=judged,
            holm=holm,
            discovery=discovery,
        )
    return say(
        "{here} of the {m} comparisons looked at so far: smallest {p}; allowing for all of them (judged as {judged}) "
        "smallest Holm {holm}, smallest FDR {discovery}.",
        here=decimal(len(places)),
        m=m,
        p=p,
        judged=judged,
        holm=holm,
        discovery=discovery,
    )


def _printed_line(n: int, explored: int) -> str:
    known = say_counted(
        n,
        "{n} comparison shown was printed by the paper and is not counted",
        "{n} comparisons shown were printed by the paper and are not counted",
        n=decimal(n),
    )
    others = say_counted(
        explored, "{m} other was looked at so far", "{m} others were looked at so far", m=decimal(explored)
    )
    return say("{known}; {others}.", known=known, others=others) if explored else say("{known}.", known=known)
