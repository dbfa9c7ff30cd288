"""Every kind of odd file with many seeds, and the large ones: ``python -m tests.data.odd [seeds a kind]``."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from itertools import chain

from tests.data.odd.cases import cases
from tests.data.odd.large import LARGE
from tests.data.odd.study import KINDS, judged


def main(seeds: int) -> Iterator[str]:
    """What was found, a line a fault and a line in all."""
    took: list[tuple[float, str]] = []
    files, faulty = 0, 0
    large = (make(random.Random(make.__name__)) for make in LARGE)  # noqa: S311 - for tests, not for secrets
    for case in chain(cases(seeds), large):
        faults, seconds = judged(case)
        files, faulty = files + 1, faulty + bool(faults)
        took.append((seconds, case.kind))
        yield from faults
    kinds = len(KINDS) + len(LARGE)
    yield f"{files} files of {kinds} kinds: {faulty} read otherwise than they should be."
    yield "The slowest took " + ", ".join(f"{seconds:.1f} s ({kind})" for seconds, kind in sorted(took)[:-6:-1]) + "."


for line in main(int(sys.argv[1]) if len(sys.argv) > 1 else 6):
    print(line, flush=True)
