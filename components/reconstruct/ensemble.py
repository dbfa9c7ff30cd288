"""Many equally faithful cohorts, one a seed: what they agree on the paper fixes, what they do not it leaves open.

Every member lies in a folder of its own with ``member.json``, which is written last: a run that was interrupted goes on
with the first seed that has none.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from components.reconstruct.annealing import NotFoundError
from components.reconstruct.assembly import reconstructed_tables
from components.reconstruct.assumptions import FIRST, assumptions
from components.reconstruct.believable import traits_of
from components.reconstruct.cohort_files import quality, written
from components.reconstruct.targets import Targets
from data.cohort import Provenance, Tables, cohort_from

RECORD = "member.json"
Search = Callable[[int, Targets, Callable[[str], None]], Tables]


def seeds_of(text: str) -> tuple[int, ...]:
    """Seeds from a text such as ``1-100`` or ``3,5,8-10``, each once, in order; raises ValueError for another text."""
    found: dict[int, None] = {}
    for part in text.split(","):
        first, _, last = part.strip().partition("-")
        if not first.isdecimal() or (last and not last.isdecimal()):
            raise ValueError(f"seeds are numbers and ranges such as 1-100 or 3,5,8-10, not {text!r}")
        found.update(dict.fromkeys(range(int(first), int(last or first) + 1)))
    return tuple(found)


def members(
    seeds: Iterable[int],
    folder: Path,
    targets: Targets,
    report: Callable[[str], None],
    search: Search = reconstructed_tables,
    version: int = FIRST,
) -> Iterator[Path]:
    """Search for every seed that has no member yet, and give the folder of each member that is there, in order.

    ``member.json`` records the seed, what was assumed (``version`` is that of the assumptions that ``search`` makes),
    how long it took, how faithful, coherent and believable the member is; or why there is none. A seed without a
    member gives no folder.
    """
    for seed in seeds:
        place = folder / f"seed-{seed:04d}"
        record = place / RECORD
        if not record.exists():
            start = time.perf_counter()
            outcome = {"version": version} | _searched(seed, place, targets, report, search)
            outcome["seconds"] = round(time.perf_counter() - start, 1)
            place.mkdir(parents=True, exist_ok=True)
            record.write_text(json.dumps(outcome, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
            report(f"seed {seed}: {outcome.get('failed', 'found')} in {outcome['seconds']} s")
        if "failed" not in json.loads(record.read_text(encoding="utf-8")):
            yield place


def _searched(
    seed: int, place: Path, targets: Targets, report: Callable[[str], None], search: Search
) -> dict[str, object]:
    outcome: dict[str, object] = {"seed": seed, "assumptions": assumptions(seed).named}
    try:
        tables = search(seed, targets, report)
    except NotFoundError as failure:
        return {**outcome, "failed": str(failure)}
    cohort = cohort_from(tables, Provenance("reconstructed", f"seed {seed}", ""))
    written(tables, place)
    traits = {found.trait.name: [round(found.value, 4), found.believable] for found in traits_of(cohort)}
    return {**outcome, **asdict(quality(cohort)), "traits": traits}
