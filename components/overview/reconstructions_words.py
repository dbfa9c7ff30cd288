"""Whether the paper fixes the numbers at the top of the overview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.baseline.analysis import FactorRows
from components.baseline.reconstructions import LevelsAcross, baseline_across
from components.core.envelope import Ranged
from components.core.envelope_words import Verdict, verdict
from components.core.numbers import inside
from components.overview.words import ALIVE, PATIENTS, REACTED, UNPROGRESSED, WOMEN
from components.safety.reconstructions import reactions_across
from components.survival.reconstructions import across
from data.language import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from components.baseline.analysis import Baseline
    from components.baseline.reconstructions import BaselineAcross
    from components.safety.reactions import Reactions
    from components.survival.analysis import Survival
    from data.ensemble import Ensemble
    from data.filters import Filter


def figures_verdict(
    ensemble: Ensemble, chosen: Filter, table: Baseline, survivals: Sequence[Survival], reacted: Reactions
) -> Verdict:
    """Whether the paper fixes what the overview says in short of those whom ``chosen`` keeps."""
    found = baseline_across(ensemble, chosen, None, table)
    numbers = [Ranged(inside(PATIENTS), found.n[0]), *_at_start(table, found)]
    outcome = ensemble.of_population(ensemble.stack.dictionary.population["outcome"])
    for label, one in zip((ALIVE, UNPROGRESSED), survivals, strict=False):
        groups = across(outcome, chosen, None, one).groups
        numbers += [Ranged(inside(label), group.at[-1], 1, 100, "%") for group in groups]
    with_any = reactions_across(ensemble, chosen, None, reacted).rows[0].patients
    numbers.append(Ranged(inside(REACTED), with_any.n[0], percent=with_any.percent[0]))
    return verdict(numbers, ensemble.n)


def _at_start(table: Baseline, found: BaselineAcross) -> Iterator[Ranged]:
    for row, ranges in zip(table.rows, found.rows, strict=True):
        if not isinstance(ranges, LevelsAcross):
            yield Ranged(say("mean age"), ranges.mean[0], 1)
        elif isinstance(row, FactorRows):
            lines = zip(row.levels, ranges.lines, strict=True)
            yield from (
                Ranged(inside(WOMEN), one.n[0], percent=one.percent[0])
                for line, one in lines
                if line.level.id == "female"
            )
