"""Members found by a search become the ensemble that the dashboard reads, and are computed anew from it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from components.reconstruct.believable import traits_of
from components.reconstruct.cohort_files import quality
from components.reconstruct.ensemble import RECORD
from data.cohort import Cohort, Provenance, cohort_from
from data.ensemble import FOLDER, Member, Packing, recorded_members, tables_of
from data.reading.read import reconstructed_cohort, tables_in


def member_of(seed: int, cohort: Cohort) -> Member:
    """What is to be recorded of the cohort of a seed."""
    found = quality(cohort)
    traits = tuple(one.trait.name for one in traits_of(cohort) if not one.believable)
    return Member(seed, found.reproduced, found.answerable, found.incoherent, traits)


def packed(source: Path, folder: Path, report: Callable[[str], None]) -> int:
    """Write every member of ``source`` that gives all numbers back and breaks no rule; how many there are.

    That is the only rule by which a member is kept out. A trait outside its range is recorded and keeps nobody out:
    ranges of traits are ours, and members chosen by them would agree more than the paper makes them.
    """
    packing = Packing()
    for record in sorted(source.glob(f"seed-*/{RECORD}")):
        told = json.loads(record.read_text(encoding="utf-8"))
        if "failed" in told:
            report(f"seed {told['seed']}: no cohort was found")
            continue
        tables = tables_in(record.parent)
        member = member_of(told["seed"], cohort_from(tables, Provenance("reconstructed", "", "")))
        if member.reproduced < member.answerable or member.incoherent:
            report(f"seed {member.seed}: left out, {member.reproduced} of {member.answerable} numbers, "
                   f"{member.incoherent} rules broken")  # fmt: skip
            continue
        packing.add(member, tables)
    if packing.members:
        packing.write(folder, reconstructed_cohort().provenance.fingerprint)
    return len(packing.members)


def untrue(folder: Path = FOLDER, places: range | None = None) -> tuple[str, ...]:
    """A sentence for each member whose record is not what its patients give now; ``places`` are those looked at."""
    members = recorded_members(folder)
    found = []
    for place in places if places is not None else range(len(members)):
        cohort = cohort_from(tables_of(place, folder), Provenance("reconstructed", "", ""))
        now = member_of(members[place].seed, cohort)
        if now != members[place] or now.reproduced < now.answerable or now.incoherent:
            found.append(f"seed {members[place].seed}: recorded {members[place]}, found {now}")
    return tuple(found)
