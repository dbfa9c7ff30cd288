"""The locks hold every pin, exactly and with hashes, and name no server to take it from."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
GROUP = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]["test"]
LOCKS = ("requirements.lock", "requirements-test.lock")


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def pins(name: str) -> set[str]:
    return set(re.findall(r"^[A-Za-z][\w.-]*==[^\s;]+", text(name), re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_hashes_and_nothing_else_stands_there(lock: str) -> None:
    entries = re.split(r"\n(?=\S)", text(lock).strip())
    assert len(entries) == len(pins(lock)) > 12
    entry = re.compile(r"[a-z][\w.-]*==[^\s;]+( ; [^\\]+)?( \\\n    --hash=sha256:[0-9a-f]{64})+")
    assert [one.splitlines()[0] for one in entries if not entry.fullmatch(one)] == []


def test_the_locks_hold_what_is_asked_for_and_agree() -> None:
    assert pins("requirements.txt") <= pins("requirements.lock") <= pins("requirements-test.lock")
    assert set(GROUP) <= pins("requirements-test.lock")
