"""What a filter changes in the adverse reactions: the patients it keeps, those it leaves out, and everybody."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from components.core.estimate import Estimate, Reason, missing
from components.core.made_factors import INNER, REST, by_shown
from components.core.method import PAPER, Method
from components.core.pale import NO_FILTER, Pale
from components.core.procedure import Procedure, listed
from components.safety.reactions import RISK_DIFFERENCE, Reactions, reactions

if TYPE_CHECKING:
    from components.core.columns import Share
    from data.cohort import Cohort
    from data.filters import Filter


@dataclass(frozen=True, eq=False)
class ReactionsBeforeAfter:
    """The reactions of everybody, ``all_``, and ``parted`` into those whom a filter keeps and the rest of them.

    Everybody may be a kept cohort, as ``pale`` says.
    """

    parted: Reactions
    all_: Reactions
    pale: Pale = field(default_factory=Pale)

    @property
    def procedures(self) -> tuple[Procedure, ...]:
        """What the differences were made with; nothing is tested."""
        return listed((RISK_DIFFERENCE, any(self.difference(serious=s).known for s in (False, True))))

    def everybody(self, *, serious: bool = False) -> Share:
        """Patients with any reaction among all."""
        return self.all_.row(serious=serious).cells[0].patients

    @property
    def of_others(self) -> dict[str, int]:
        """Patients with a reaction of each category among those not shown, by its id; none where all are shown."""
        ids = [one.id for one in self.parted.columns.groups]
        if REST.id not in ids:
            return {}
        rows = (row for row in self.parted.rows if row.category and not row.term and not row.serious)
        return {row.id: row.cells[ids.index(REST.id)].patients.n for row in rows}

    def of(self, group: str, *, serious: bool = False) -> Share | None:
        """Patients with any reaction in a group, by id; None where nobody is in it."""
        ids = [one.id for one in self.parted.columns.groups]
        return self.parted.row(serious=serious).cells[ids.index(group)].patients if group in ids else None

    def difference(self, *, serious: bool = False) -> Estimate:
        """Percentage points between those shown and those left out who had any reaction."""
        ids = [one.id for one in self.parted.columns.groups]
        if INNER.id not in ids or REST.id not in ids:
            return missing(Reason.NO_PATIENTS)
        found = self.parted.row(serious=serious).cells[ids.index(INNER.id)].difference
        return missing(Reason.NO_PATIENTS) if found is None else found


def reactions_before_after(
    whole: Cohort,
    chosen: Filter,
    method: Method = PAPER,
    pale: Pale = NO_FILTER,
) -> ReactionsBeforeAfter:
    """What ``chosen`` changes in the reactions of ``whole``, or sets apart from the others of a kept cohort."""
    parted = reactions(pale.with_shown(whole, chosen), by_shown(chosen), method=method)
    everybody = parted if pale.cohort is None else reactions(pale.of(whole), method=method)
    return ReactionsBeforeAfter(parted, everybody, pale)
