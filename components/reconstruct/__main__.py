"""Commands: reconstruct a cohort, or many, and write their files.

``python -m components.reconstruct --seed 1 --out data/cohort``

``python -m components.reconstruct ensemble --seeds 1-100 --out members``

``python -m components.reconstruct refill --seeds 1-100 --members data/ensemble --out members``

``python -m components.reconstruct pack --members members --out data/ensemble``

``python -m components.reconstruct verify --out data/ensemble``

``python -m components.reconstruct heldout --seeds 1-11 --out data/ensemble``

``python -m components.reconstruct heldout --seeds 1-11 --version 2 --out data/ensemble``

``python -m components.reconstruct traits --out data/ensemble``

``python -m components.reconstruct list --out docs/patients.md``
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from components.evidence.coverage import coverage, trial
from components.evidence.fidelity import fidelity, report
from components.reconstruct.assembly import reconstructed_tables
from components.reconstruct.assumptions import FIRST, SECOND
from components.reconstruct.believable import traits_of
from components.reconstruct.centre import distances
from components.reconstruct.coherence import incoherences
from components.reconstruct.cohort_files import kept_or_written, quality
from components.reconstruct.ensemble import Search, members, seeds_of
from components.reconstruct.held_out import record
from components.reconstruct.listing import listing
from components.reconstruct.packed import packed, untrue
from components.reconstruct.refilled import refilling
from components.reconstruct.targets import published_targets
from components.reconstruct.trait_table import record_traits
from data.cohort import Provenance, cohort_from
from data.ensemble import damaged, ensemble_of, recorded_members
from data.paper.published import published_numbers
from data.reading.read import reconstructed_cohort

START = time.perf_counter()


def printed(line: str) -> None:
    """Print a line with the seconds since the start."""
    print(f"{time.perf_counter() - START:6.1f} s  {line}", flush=True)


def one(seed: int, folder: Path, cores: int | None, version: int) -> int:
    """Reconstruct, write, and say how faithful, coherent and believable the cohort is.

    1 when a number or a rule is missed, and when the folder kept the better cohort it held.
    """
    tables = reconstructed_tables(seed, published_targets(), printed, cores, version)
    cohort = cohort_from(tables, Provenance("reconstructed", f"seed {seed}", ""))
    found = quality(cohort)
    done = kept_or_written(tables, found, folder)
    printed(f"four files in {folder}" if done else f"{folder} holds a more faithful cohort, which stays as it is")
    print(report(fidelity(cohort, published_numbers())))
    for incoherence in incoherences(cohort):
        print(incoherence)
    for trait in traits_of(cohort):
        print(trait if trait.believable else f"{trait}: out of range")
    printed(f"{found.incoherent} incoherences")
    return int(not (done and found.perfect))


def many(seeds: str, folder: Path, search: Search, version: int) -> int:
    """Search for a cohort for each seed that has none yet; 1 when a seed has no member at the end."""
    asked = seeds_of(seeds)
    found = list(members(asked, folder, published_targets(), printed, search, version))
    printed(f"{len(found)} of {len(asked)} cohorts in {folder}")
    return int(len(found) < len(asked))


def pack(source: Path, folder: Path) -> int:
    """Write the members that were found as the ensemble of the dashboard; 1 when there are none."""
    n = packed(source, folder, printed)
    printed(f"{n} cohorts in {folder}")
    return int(not n)


def verify(folder: Path) -> int:
    """Compute every member of the ensemble anew; 1 when one is not as recorded, or a file is damaged."""
    wrong = (*damaged(folder), *untrue(folder))
    for one in wrong:
        print(one)
    if (ensemble := ensemble_of(reconstructed_cohort(), folder)) is not None:
        for member, distance in zip(ensemble.members, distances(ensemble), strict=True):
            print(f"seed {member.seed}: {distance:.3f} from the centre")
    printed(f"{len(recorded_members(folder))} cohorts, {len(wrong)} not as recorded")
    return int(bool(wrong))


def traits(folder: Path) -> int:
    """Compute the traits of every member of the ensemble, write them, and print the table."""
    for row in record_traits(printed, folder):
        print(row.printed)
    return 0


def listed(file: Path) -> int:
    """Write some patients of the committed cohort with all that is recorded."""
    file.write_text(listing(reconstructed_cohort()), encoding="utf-8")
    return 0


def left_out_of(seeds: str, folder: Path, *, drawn: bool) -> int:
    """Leave printed numbers out of the members of these seeds, and say how many the range of what they give covers."""
    record(seeds_of(seeds), published_targets(), printed, folder, drawn=drawn)
    both = trial(published_numbers(), folder) if drawn else None
    found = both[1] if both else coverage(published_numbers(), folder)
    for one in found.numbers if found else ():
        number = one.number
        what = f"{number.variable} {number.level or number.group}"
        says = f"{one.least:.3g} to {one.most:.3g} over {len(one.values)}"
        print(f"{number.id} {what}: printed {number.printed}, {says}{'' if one.covered else ', not covered'}")
    if found:
        printed(f"{found.covered} of {found.n} covered; expected {found.expected:.1f}")
    if both:
        printed(f"{both[0].covered} of {both[0].n} covered in the same members as they were made")
    return int(found is None)


def main() -> int:
    """Read the command line and do what it asks."""
    parser = argparse.ArgumentParser(prog="python -m components.reconstruct", description=__doc__)
    parser.add_argument(
        "what",
        nargs="?",
        choices=("cohort", "ensemble", "refill", "pack", "verify", "heldout", "traits", "list"),
        default="cohort",
    )
    parser.add_argument("--seed", type=int, default=1, help="another seed gives another cohort, just as faithful")
    parser.add_argument("--seeds", default="1-100", help="seeds of an ensemble, such as 1-100 or 3,5,8-10")
    parser.add_argument("--members", type=Path, help="folder of the members to pack, or of the ensemble to fill again")
    parser.add_argument("--cores", type=int, help="skeletons searched for at once (all cores unless given)")
    parser.add_argument(
        "--version", type=int, choices=(FIRST, SECOND), default=FIRST,
        help="of what is assumed: as the committed members were made, or with strengths drawn and traits aimed at",
    )  # fmt: skip
    parser.add_argument("--out", type=Path, required=True, help="folder for the four files, or for the members")
    chosen = parser.parse_args()
    if chosen.what in ("pack", "refill") and chosen.members is None:
        parser.error(f"{chosen.what} needs --members")
    return _done(chosen)


def _done(chosen: argparse.Namespace) -> int:
    search = partial(reconstructed_tables, cores=chosen.cores, version=chosen.version)
    commands: dict[str, Callable[[], int]] = {
        "cohort": lambda: one(chosen.seed, chosen.out, chosen.cores, chosen.version),
        "ensemble": lambda: many(chosen.seeds, chosen.out, search, chosen.version),
        "refill": lambda: many(chosen.seeds, chosen.out, refilling(chosen.members), SECOND),
        "pack": lambda: pack(chosen.members, chosen.out),
        "verify": lambda: verify(chosen.out),
        "heldout": lambda: left_out_of(chosen.seeds, chosen.out, drawn=chosen.version == SECOND),
        "traits": lambda: traits(chosen.out),
        "list": lambda: listed(chosen.out),
    }
    return commands[chosen.what]()


if __name__ == "__main__":
    sys.exit(main())
