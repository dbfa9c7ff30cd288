"""Whether the tests notice a small fault: each mutant of the list is put into a copy of the project and tested there.

``python -m bench.mutants`` lists for every mutant which test killed it, or that it survived, and the totals of each
layer; ``--only id ..`` takes some of them, ``--layer engine ..`` those of some layers, ``--root folder`` another
version of the project, and ``--check`` only looks whether the list still fits the sources. Nothing is ever changed in
the working tree. The answer is 1 when a mutant survives, 2 when the list does not fit.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

ROOT = Path(__file__).resolve().parents[1]
LIST = Path(__file__).with_name("mutants.toml")
SECONDS = 600
"""How long the tests of one mutant may take: a mutant that makes a loop endless is noticed too."""

PASSED, FAILED, INTERRUPTED = 0, 1, 2
"""Answers of pytest; it is interrupted where a file of tests fails before its first test, as at an import."""

LIBRARIES = (
    "docx", "hypothesis", "lifelines", "matplotlib.backends.backend_pdf", "openpyxl", "pandas", "PIL.Image", "pptx",
    "scipy.stats", "sksurv.metrics",
)  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """One fault: in ``file`` the text ``source``, which stands there once, becomes ``replacement``.

    ``tests`` are the files of tests that should notice, ``means`` what the fault would do.
    """

    id: str
    file: str
    source: str
    replacement: str
    tests: tuple[str, ...]
    means: str

    @property
    def layer(self) -> str:
        """The part of the project it changes: the folder within ``components``, or the first folder."""
        parts = Path(self.file).parts
        return parts[1] if parts[0] == "components" else parts[0]

    def put_into(self, text: str) -> str:
        """The text of its file with the fault in it."""
        return text.replace(self.source, self.replacement)

    def misfits(self, root: Path) -> Iterator[str]:
        """Why the mutant does not fit the sources under ``root``; nothing when it does."""
        path = root / self.file
        times = path.read_text(encoding="utf-8").count(self.source) if path.is_file() else -1
        if times < 0:
            yield f"{self.id}: there is no file {self.file}"
        elif times != 1:
            yield f"{self.id}: stands {times} times in {self.file}, not once: {self.source!r}"
        elif path.suffix == ".py" and not compiles(self.put_into(path.read_text(encoding="utf-8"))):
            yield f"{self.id}: {self.file} is no Python with it"
        if self.source == self.replacement:
            yield f"{self.id}: changes nothing"
        yield from (f"{self.id}: there is no test {test}" for test in self.tests if not (root / test).is_file())
        if not self.tests:
            yield f"{self.id}: names no test"


@dataclass(frozen=True)
class Outcome:
    """What became of a mutant: ``killed`` or not, and ``by`` which test."""

    mutant: Mutant
    killed: bool
    by: str


def compiles(text: str) -> bool:
    """Whether a text is Python."""
    try:
        compile(text, "mutant", "exec")
    except SyntaxError:
        return False
    return True


def listed(path: Path = LIST) -> tuple[Mutant, ...]:
    """The mutants of the list in its order. Raises TypeError for an entry that lacks a part."""
    entries = tomllib.loads(path.read_text(encoding="utf-8"))["mutant"]
    return tuple(Mutant(**{**entry, "tests": tuple(entry["tests"])}) for entry in entries)


def misfits(mutants: Sequence[Mutant], root: Path = ROOT) -> tuple[str, ...]:
    """Everything in the list that no longer fits the sources, so that it cannot rot unnoticed."""
    twice = [f"{id_}: is listed {n} times" for id_, n in Counter(mutant.id for mutant in mutants).items() if n > 1]
    return (*twice, *(why for mutant in mutants for why in mutant.misfits(root)))


def copied(root: Path, to: Path) -> None:
    """Copies the files of the project, those not yet committed included, and nothing that git ignores."""
    names = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607 - the developer's own git
        cwd=root, check=True, capture_output=True, text=True,
    ).stdout.split("\0")  # fmt: skip
    for name in names:
        if name and (root / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / name, to / name)


def outcome(mutant: Mutant, tree: Path) -> Outcome:
    """Runs the tests of a mutant in the copy ``tree``, which afterwards is as it was.

    Raises RuntimeError when the tests could not be run at all: such a mutant says nothing about them.
    """
    path = tree / mutant.file
    text, before = path.read_text(encoding="utf-8"), path.stat()
    path.write_text(mutant.put_into(text), encoding="utf-8")
    # What Python has compiled counts as fresh while size and second of writing agree.
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns + 2_000_000_000))
    try:
        code, first = tested(mutant.tests, tree, compiled=False)
    except TimeoutError:
        return Outcome(mutant, killed=True, by=f"no answer within {SECONDS} s")
    finally:
        path.write_text(text, encoding="utf-8")
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    if code not in {PASSED, FAILED, INTERRUPTED}:
        raise RuntimeError(f"{mutant.id}: the tests could not be run")
    return Outcome(mutant, killed=code != PASSED, by=first)


def tested(tests: Sequence[str], tree: Path, *, compiled: bool) -> tuple[int, str]:
    """The answer of pytest in ``tree`` and the first test that failed, blank when all passed.

    ``compiled`` lets Python keep what it compiles: never while a mutant is in the tree.
    The tests run in a fork of this process, which has loaded the libraries already: most of the time goes into that.
    Raises TimeoutError when there is no answer in time.
    """
    context = get_context("fork")
    answers, given = context.Pipe(duplex=False)
    fork = context.Process(target=_run, args=(list(tests), tree, given, compiled))
    fork.start()
    given.close()
    try:
        if not answers.poll(SECONDS):
            raise TimeoutError
        code, first = answers.recv()
    except EOFError:
        code, first = FAILED, "the tests ended without an answer"
    finally:
        fork.kill()
        fork.join()
    return code, first


class _First:
    """Remembers the first test, or file of tests, that failed."""

    name = ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.name = self.name or report.nodeid

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.name = self.name or report.nodeid


def _run(tests: list[str], tree: Path, given: Connection, compiled: bool) -> None:  # noqa: FBT001 - arguments of a process
    sys.dont_write_bytecode = not compiled
    os.chdir(tree)
    sys.path[:] = [str(tree), *(part for part in sys.path if Path(part).resolve() != ROOT)]
    own = {entry.stem for entry in tree.iterdir()}
    for name in [name for name in sys.modules if name.split(".")[0] in own]:
        del sys.modules[name]  # the project as this process may have loaded it
    for stream in (1, 2):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
    first = _First()
    loaded_before = ["-W", "ignore::pytest.PytestAssertRewriteWarning"]
    code = pytest.main(["-x", "-q", "--tb=no", "-p", "no:cacheprovider", *loaded_before, *tests], plugins=[first])
    given.send((int(code), first.name))


def loaded() -> None:
    """Loads the libraries of the project and of its tests, for every fork."""
    for name in LIBRARIES:
        import_module(name)


def outcomes(mutants: Sequence[Mutant], root: Path = ROOT) -> Iterator[Outcome]:
    """Each mutant in turn. Raises RuntimeError when the tests fail without any: no mutant could then be judged."""
    with TemporaryDirectory(prefix="mutants-") as folder:
        tree = Path(folder)
        copied(root, tree)
        loaded()
        code, first = tested(sorted({test for mutant in mutants for test in mutant.tests}), tree, compiled=True)
        if code != PASSED:
            raise RuntimeError(f"the tests fail without a mutant: {first}")
        yield from (outcome(mutant, tree) for mutant in mutants)


def totals(found: Sequence[Outcome]) -> str:
    """The mutants killed in each layer and in all: ``engine 30/30, ..., in all 145/145``."""
    layers = dict.fromkeys(one.mutant.layer for one in found)
    per = {layer: [one.killed for one in found if one.mutant.layer == layer] for layer in layers}
    parts = [f"{layer} {sum(killed)}/{len(killed)}" for layer, killed in per.items()]
    return ", ".join([*parts, f"in all {sum(one.killed for one in found)}/{len(found)}"])


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the outcome of every mutant asked for; 1 when one survived, 2 when the list does not fit."""
    parser = argparse.ArgumentParser(prog="python -m bench.mutants", description=__doc__)
    parser.add_argument("--only", nargs="+", metavar="id", default=[], help="these mutants alone")
    parser.add_argument("--layer", nargs="+", default=[], help="the mutants of these layers alone")
    parser.add_argument("--check", action="store_true", help="only look whether the list fits the sources")
    parser.add_argument("--root", type=Path, default=ROOT, help="the project, if not this one")
    asked = parser.parse_args(arguments)
    every = listed()
    unknown = sorted({*asked.only} - {mutant.id for mutant in every})
    chosen = [
        mutant
        for mutant in every
        if (not asked.only or mutant.id in asked.only) and (not asked.layer or mutant.layer in asked.layer)
    ]
    problems = (*misfits(every, asked.root), *(f"{id_}: is not listed" for id_ in unknown))
    if problems or asked.check:
        print("\n".join(problems) or f"All {len(every)} mutants fit the sources.")
        return 2 if problems else 0
    found = []
    for one in outcomes(chosen, asked.root):
        word = "killed  " if one.killed else "SURVIVED"
        print(f"{word} {one.mutant.id:<34} {one.by or one.mutant.means}", flush=True)
        found.append(one)
    print(totals(found))
    return int(any(not one.killed for one in found))


if __name__ == "__main__":
    sys.exit(main())
