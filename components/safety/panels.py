"""The safety panels: reactions, the first one in time, single reports, deaths, discontinuations."""

from __future__ import annotations

from components.baseline.words import unknown_notice
from components.core.analysis_set import AnalysisSet
from components.core.analysis_set_words import left_out_as_small
from components.core.columns import Share
from components.core.panel import Panel
from components.core.procedure import procedures_of
from components.core.rounded import rounded_set, rounded_share
from components.core.small_counts import rounded_down
from components.safety import deaths_words as endings
from components.safety import first_reaction_words as first_reaction
from components.safety import reactions_words as words
from components.safety.before_after import ReactionsBeforeAfter
from components.safety.before_after_words import change_note, change_table
from components.safety.causes_chart import NamedAcross, label_counts_chart
from components.safety.deaths import Deaths
from components.safety.first_reaction import CumulativeIncidence
from components.safety.first_reaction_chart import incidence_chart
from components.safety.reactions import INCIDENCE_RATE, Reactions
from components.safety.reactions_chart import reaction_bars, reaction_dots
from components.safety.reconstructions import DeathsAcross, IncidenceAcross, ReactionsAcross
from components.safety.reported import Report, Reports
from components.safety.rounded import rounded_deaths, rounded_incidence, rounded_reactions
from components.survival.chart import View, banded
from components.survival.words import nobody_left
from components.treatment.discontinuation import Discontinuation
from components.treatment.reconstructions import StopsAcross
from components.treatment.rounded import rounded_stops
from data.entries import Factor
from data.language import say
from data.levels import Level


def reactions_panel(
    result: Reactions,
    by: Factor | None,
    cell: words.Cell,
    *,
    serious: bool = False,
    fewest: int = 2,
    change: ReactionsBeforeAfter | None = None,
    found: ReactionsAcross | None = None,
) -> Panel:
    """Table 2 with its bars, or the groups of ``by`` compared where there are two.

    With ``change`` also what the filter changes; with ``found`` the figure draws what other reconstructions give.
    """
    title, n = words.reactions_title(result), result.columns.n[0]
    if not n:
        return _nothing("reactions", title, nobody_left(), result)
    if not result.row().cells[0].patients.n:
        return _nothing("reactions", title, words.no_reactions(n), result)
    grouped = by is not None and bool(result.columns.apart)
    if by is None or not grouped:
        figure, table = reaction_bars(result, change=change, found=found), words.reactions_table(result, fewest)
    else:
        figure = reaction_dots(result, by.levels, serious=serious, found=found)
        table = words.compared_table(result, cell, serious=serious, fewest=fewest)
    notice = unknown_notice(result.columns, by)
    note = words.reactions_note(result, fewest, cell if grouped else None)
    strip = change_table(change) if change is not None else None
    made = procedures_of((result, change))
    return Panel(
        "reactions",
        title,
        figure,
        (*(() if strip is None else (strip,)), table),
        words.reactions_summary(result),
        note if change is None else f"{note} {change_note(change.pale, drawn=not grouped)}",
        tuple(part for part in (notice, left_out_as_small(result.left_out) if result.left_out else "") if part),
        result=result,
        made_with=tuple(
            procedure for procedure in made if procedure is not INCIDENCE_RATE or not grouped or cell == words.RATE
        ),
        strip=strip,
        rounded=lambda: reactions_panel(rounded_reactions(result), by, cell, serious=serious, fewest=fewest),
    )


def incidence_panel(result: CumulativeIncidence, view: View, found: IncidenceAcross | None = None) -> Panel:
    """The cumulative incidence of the first reaction, with death as the competing event.

    With ``found`` dotted lines show what other reconstructions give.
    """
    title, alt = first_reaction.incidence_title(result), first_reaction.incidence_summary(result)
    if not result.curves:
        return _nothing("first reaction", title, nobody_left(), result)
    tables = first_reaction.tables(result)
    return Panel(
        "first reaction",
        title,
        incidence_chart(result, view, found),
        tables,
        alt,
        first_reaction.incidence_note(result, bands_left_out=view.band and not banded(len(result.curves), view)),
        result=result,
        strip=tables[0],
        rounded=lambda: incidence_panel(rounded_incidence(result), view),
    )


def reports_panel(
    found: Share, grave: Share, reports: tuple[Report, ...], what: str, analysed: AnalysisSet, *, listed: bool
) -> Panel:
    """How many patients had what is asked for, and every report of it, unless single patients stay hidden."""
    if not analysed.of:
        return _nothing("reports", say("Who and when"), nobody_left(), Reports(reports, analysed))
    alt = first_reaction.answer(found, grave, reports, what)
    cases = (first_reaction.reports_table(reports),) if reports and listed else ()
    notices = () if listed or not reports else (first_reaction.HIDDEN,)
    return Panel(
        "reports", say("Who and when"), None, (), alt, "", notices, cases=cases, result=Reports(reports, analysed),
        rounded=lambda: _reports_in_fives(found, grave, len(reports), what, analysed),
    )  # fmt: skip


def _reports_in_fives(found: Share, grave: Share, reports: int, what: str, analysed: AnalysisSet) -> Panel:
    """The same without single reports: these have days."""
    alt = first_reaction.answer_in_fives(rounded_share(found), rounded_share(grave), rounded_down(reports), what)
    return Panel("reports", say("Who and when"), None, (), alt, "", result=Reports((), rounded_set(analysed)))


def deaths_panel(
    result: Deaths, levels: tuple[Level, ...], found: DeathsAcross | None = None, *, listed: bool
) -> Panel:
    """Causes of death by group, and every death; with ``found`` the figure draws what other reconstructions give."""
    title, n = endings.deaths_title(result.columns), result.columns.n[0]
    if not result.rows:
        return _nothing("deaths", title, endings.nobody_died(n) if n else nobody_left(), result)
    across = NamedAcross(found.members, found.causes) if found else None
    figure = label_counts_chart(result.columns, result.causes, levels, across)
    cases = (endings.death_rows(result),) if listed else ()
    alt = endings.mentions_summary(title, result.causes)
    tables, note = (endings.deaths_table(result),), endings.deaths_note(result)
    return Panel("deaths", title, figure, tables, alt, note, cases=cases, result=result,
                 rounded=lambda: deaths_panel(rounded_deaths(result), levels, listed=False))  # fmt: skip


def stops_panel(
    result: Discontinuation, levels: tuple[Level, ...], found: StopsAcross | None = None, *, listed: bool
) -> Panel:
    """Reasons to stop the drug studied by group, and every stop.

    With ``found`` the figure draws what other reconstructions give.
    """
    title, n = endings.stops_title(result.columns), result.columns.n[0]
    if not result.rows:
        return _nothing(
            "discontinuation", title, endings.nobody_stopped(n, result.analysed.drug) if n else nobody_left(), result
        )
    across = NamedAcross(found.members, found.reasons) if found else None
    figure = label_counts_chart(result.columns, result.reasons, levels, across)
    cases = (endings.stop_rows(result),) if listed else ()
    alt = endings.mentions_summary(title, result.reasons)
    tables, note = (endings.stops_table(result),), endings.stops_note(result)
    return Panel("discontinuation", title, figure, tables, alt, note, cases=cases, result=result,
                 rounded=lambda: stops_panel(rounded_stops(result), levels, listed=False))  # fmt: skip


def _nothing(kind: str, title: str, why: str, result: object) -> Panel:
    return Panel(kind, title, None, (), why, "", (why,), result=result)
