"""Words of one comparison in subgroups: a row for all patients, then under each factor a row a level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.core.analysis_set_words import because, unbroken, until
from components.core.envelope import Ranged
from components.core.envelope_words import Verdict, spread, verdict
from components.core.estimate import Reason
from components.core.markup import LINE, bold, italic
from components.core.numbers import bare_p, count, happened, inside, joined, p_value, with_interval
from components.core.procedure_words import brief
from components.core.reason_words import LONG, NA, SHORT
from components.core.table import Table
from components.prognosis.words import Row, across_column, of_factor
from components.survival.adjusted import FEWEST_PER_COEFFICIENT
from components.survival.words import landmark_text
from data.language import say, say_counted

if TYPE_CHECKING:
    from components.core.analysis_set import FollowUp
    from components.prognosis.subgroups import Subgroup, SubgroupFactor, Subgroups
    from components.survival.reconstructions import RatiosAcross

ASK = say("In subgroups")
ASK_HELP = say(
    "Below the curves one comparison is repeated in the patients of each level of the other factors, with one test a "
    "factor of whether it comes out differently there."
)
NOT_ASKED = say("no comparison")
WITHIN = say("Subgroups by")
EVERY_FACTOR = say("every factor")
COLUMNS = (
    say("Subgroup"),
    say("Patients"),
    say("Events"),
    say("Hazard ratio, log scale"),
    say("HR (95% CI)"),
    say("Interaction p"),
)


def pair(compared: str, reference: str) -> str:
    """The two groups: ``CADM v PM``."""
    return say("{compared} v {reference}", compared=compared, reference=reference)


def _pair(result: Subgroups) -> str:
    return pair(result.compared.label, result.reference.label if result.reference else "")


def title(result: Subgroups) -> str:
    """What is compared in subgroups."""
    return say("{endpoint}, {pair}, in subgroups", endpoint=result.endpoint.label, pair=_pair(result))


def favours(result: Subgroups) -> tuple[str, str]:
    """What stands under the two sides of the axis."""
    label = inside(result.compared.label)
    return say("fewer events in {group}", group=label), say("more events in {group}", group=label)


def subgroup_rows(result: Subgroups) -> tuple[Row, ...]:
    """All patients first, then a heading row a factor with the p of its interaction, then its levels."""
    if result.overall is None:
        return ()
    follow_up = result.analysed.follow_up
    rows = [_row("", "", result.overall, follow_up, _pair(result))]
    for one in result.factors:
        unknown = f"  {italic(say('({unknown} not known)', unknown=count(one.unknown)))}" if one.unknown else ""
        rows.append(Row(one.key, f"{one.title}{unknown}", heading=True, name=one.title, p=interaction(one)))
        rows += [_row(one.key, one.title, subgroup, follow_up, _pair(result)) for subgroup in one.subgroups]
    return tuple(rows)


def interaction(one: SubgroupFactor) -> str:
    """The p of the interaction, or in a word why there is none."""
    return bare_p(one.p) if one.p is not None else SHORT[one.reason or Reason.NOTHING_TO_COMPARE]


def _row(key: str, factor: str, subgroup: Subgroup, follow_up: FollowUp, who: str) -> Row:
    ratio = with_interval(subgroup.ratio, 2)
    told = say(
        "patients {n}, events {events} {until}",
        n=_of_both(subgroup.compared.n, subgroup.reference.n),
        events=_of_both(subgroup.compared.events, subgroup.reference.events),
        until=until(follow_up),
    )
    why = because(subgroup.ratio.reason, follow_up) if subgroup.ratio.reason else say("HR {ratio}", ratio=ratio)
    return Row(
        key=key,
        label=subgroup.label,
        heading=False,
        name=of_factor(factor, subgroup.label) if factor else subgroup.label,
        n=_of_both(subgroup.compared.n, subgroup.reference.n),
        events=_of_both(subgroup.compared.events, subgroup.reference.events),
        ratio=ratio,
        hover=f"{bold(subgroup.label)}{LINE}{who}{LINE}{told}{LINE}{why}",
        value=subgroup.ratio.value,
        lower=subgroup.ratio.lower,
        upper=subgroup.ratio.upper,
        event_count=subgroup.events,
        level=subgroup.group.id,
    )


def _of_both(compared: int, reference: int) -> str:
    return say("{compared} v {reference}", compared=count(compared), reference=count(reference))


def ratios_verdict(result: Subgroups, found: RatiosAcross | None) -> Verdict:
    """Whether the paper fixes the ratios; nothing where there are no ranges."""
    return verdict([one for one in _ranges(result, found) if one is not None], found.members if found else 0)


def _ranges(result: Subgroups, found: RatiosAcross | None) -> list[Ranged | None]:
    """The range of each row's ratio; None of a heading."""
    titles = {one.key: inside(one.title) for one in result.factors}
    ranges = found.ranges if found else {}
    return [
        Ranged(", ".join(part for part in (titles.get(row.key, ""), inside(row.label)) if part), range_, 2)
        if not row.heading and (range_ := ranges.get((row.key, row.level)))
        else None
        for row in subgroup_rows(result)
    ]


def subgroups_table(result: Subgroups, found: RatiosAcross | None = None) -> Table:
    """The same rows as plain text, with the range of each ratio over other reconstructions where ``found``."""
    rows = subgroup_rows(result)
    events = f"{COLUMNS[2]} {unbroken(until(result.analysed.follow_up))}"
    more = (across_column(found.members),) if found else ()
    columns = (COLUMNS[0], f"{COLUMNS[1]} ({_pair(result)})", events, *COLUMNS[4:], *more)
    titles = {one.key: one.title for one in result.factors}
    cells = tuple(
        (titles[row.key] if row.heading else row.label, row.n, row.events, row.ratio, row.p,
         *(("" if one is None else spread(one),) if found else ()))
        for row, one in zip(rows, _ranges(result, found), strict=True)
    )  # fmt: skip
    return Table(columns, cells, strong=frozenset(i for i, row in enumerate(rows) if row.heading or not row.key))


def why_not(result: Subgroups) -> str:
    """Why nothing is compared; blank where something is."""
    if result.reason is None:
        return ""
    if result.reference is not None and result.compared == result.reference:
        return say(
            "{group} is the group that others are compared with here. Choose another comparison.",
            group=result.compared.label,
        )
    if result.reason is Reason.ONE_LEVEL:
        return say(
            "No patient shown is in {group} with a known follow-up, so there is nothing to compare.",
            group=result.compared.label,
        )
    return LONG[result.reason]


def limits(result: Subgroups) -> str:
    """What the number of events cannot bear, to be read before the figure."""
    few = [one.title for one in result.factors if one.reason is Reason.TOO_FEW_PER_COEFFICIENT]
    said = say(
        "{happened} in both groups. To show that a hazard ratio differs between two halves of the patients takes about "
        "four times the events that it takes to show the ratio itself: absence of an interaction here proves nothing, "
        "and a single row outside the others is no finding.",
        happened=happened(result.endpoint, result.events).capitalize(),
    )
    if not few:
        return said
    none = say_counted(
        len(few),
        "{n} factor has fewer than {fewest} events for each coefficient, and no test.",
        "{n} factors have fewer than {fewest} events for each coefficient, and no test.",
        n=count(len(few)),
        fewest=FEWEST_PER_COEFFICIENT,
    )
    return f"{said} {none}"


def note(result: Subgroups) -> str:
    """How the rows and tests are made."""
    tested = len(result.tested)
    chance = (
        say_counted(
            tested,
            "{n} interaction is tested; by chance alone {by_chance} would fall below p = 0.05.",
            "{n} interactions are tested; by chance alone {by_chance} would fall below p = 0.05.",
            n=count(tested),
            by_chance=say("about {expected}", expected=count(round(tested * 0.05)))
            if round(tested * 0.05)
            else say("fewer than one"),
        )
        if tested
        else ""
    )
    absent = dict.fromkeys(s.ratio.reason for one in result.factors for s in one.subgroups)
    told = [because(why, result.analysed.follow_up) for why in absent if why and SHORT[why] == NA]
    said = (
        say(
            "Patients and events are those of {pair}, each ratio that of the patients of its row alone. There is one "
            "test a factor and none a row: whether the ratio differs between the levels, among those whose level is "
            "known.",
            pair=_pair(result),
        ),
        chance,
        *told,
        result.endpoint.remark,
        brief(result.procedures, result.method.level),
    )
    return " ".join(part for part in said if part)


def summary(result: Subgroups) -> str:
    """The comparison in all patients, and which interactions fall below 5%."""
    if result.overall is None:
        return f"{title(result)}. {why_not(result)}"
    found = [f"{one.title} ({p_value(one.p)})" for one in result.tested if one.p is not None and one.p < 0.05]
    below = (
        say("Interactions below p = 0.05: {found}.", found=joined(found))
        if found
        else say("No interaction falls below p = 0.05.")
    )
    return say(
        "{title}: hazard ratio in all patients {ratio}. {tested} {below}",
        title=title(result),
        ratio=with_interval(result.overall.ratio, 2),
        tested=say_counted(
            len(result.tested), "{n} interaction tested.", "{n} interactions tested.", n=count(len(result.tested))
        ),
        below=below if result.tested else "",
    ).strip()


def landmark(result: Subgroups) -> str:
    """From when the clock runs and who is left out; blank without a landmark."""
    return landmark_text(result.landmark, result.title) if result.landmark else ""
