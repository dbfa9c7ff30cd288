"""Every kind of odd file with many seeds: ``python -m tests.data.odd [seeds a kind]``."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from tests.data.odd.cases import cases
from tests.data.odd.study import KINDS, judged


def main(seeds: int) -> Iterator[str]:
    """What was found, a line a fault and a line in all."""
    slowest, files, faulty = (0.0, ""), 0, 0
    for case in cases(seeds):
        faults, seconds = judged(case)
        files, faulty = files + 1, faulty + bool(faults)
        slowest = max(slowest, (seconds, case.kind))
        yield from faults
    yield f"{files} files of {len(KINDS)} kinds: {faulty} read otherwise than they should be."
    yield f"The slowest took {slowest[0]:.1f} s ({slowest[1]})."


for line in main(int(sys.argv[1]) if len(sys.argv) > 1 else 6):
    print(line)
