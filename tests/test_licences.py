"""What is installed with the dashboard may be passed on with it: the list of licences fits the lock and our own."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LISTED = re.compile(r"^\| (\S+) +\| (\S+) +\| (.+?) +\|$", re.MULTILINE)
PINNED = re.compile(r"^([a-z][\w.-]*)==([^\s;]+)", re.MULTILINE)

COMPATIBLE = {
    "0BSD", "3-Clause BSD License", "Apache License 2.0", "Apache Software License", "Apache-2.0", "BSD License",
    "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "GPL-3.0-or-later", "GPLv3", "ISC", "LGPL-3.0-or-later", "MIT",
    "MIT License", "MIT-CMU", "MPL-2.0", "Mozilla Public License 2.0 (MPL 2.0)", "PSF-2.0",
    "Python Software Foundation License", "Zlib",
}  # fmt: skip
"""What the Free Software Foundation lists as compatible with version 3 of the GPL, as packages spell it."""
INNER = re.compile(r"\(([^()]* (?:OR|AND) [^()]*)\)")


def compatible(licence: str) -> bool:
    """Whether what has this licence may be part of a work under GPL-3.0-or-later: all of AND, one of OR."""
    while inner := INNER.search(licence):
        licence = licence.replace(inner[0], "MIT" if compatible(inner[1]) else "none")
    return any(all(part in COMPATIBLE for part in choice.split(" AND ")) for choice in licence.split(" OR "))


def named(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def listed() -> dict[str, tuple[str, str]]:
    """Version and licence of each package of the list, by its normalized name."""
    _, *rows = LISTED.findall((ROOT / "docs" / "licences.md").read_text(encoding="utf-8"))
    return {named(name): (version, licence) for name, version, licence in rows}


def test_the_list_holds_every_package_of_the_lock_and_no_other() -> None:
    pins = PINNED.findall((ROOT / "requirements.lock").read_text(encoding="utf-8"))
    versions = {name: version for name, (version, _) in listed().items()}
    assert versions == {named(name): version for name, version in pins}, "`make licences` writes the list again"


def test_none_is_at_odds_with_ours() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["license"] == "GPL-3.0-or-later"
    assert "Version 3, 29 June 2007" in (ROOT / "LICENSE").read_text(encoding="utf-8")[:200]
    assert {name: licence for name, (_, licence) in listed().items() if not compatible(licence)} == {}


def test_installed_packages_say_what_the_list_says() -> None:
    """Those that give an expression of SPDX; older ones only have classifiers, which the tool has put into words."""
    compared = 0
    for name, (version, licence) in listed().items():
        found = metadata.metadata(name)
        if found["Version"] == version and found["License-Expression"]:
            assert found["License-Expression"] == licence, name
            compared += 1
    assert compared > 20


@pytest.mark.parametrize(
    ("licence", "fits"),
    [
        ("MIT", True),
        ("GPL-2.0-only", False),
        ("UNKNOWN", False),
        ("GPL-2.0-only OR MIT", True),
        ("MIT AND GPL-2.0-only", False),
        ("(MIT OR SSPL-1.0) AND Apache-2.0", True),
        ("(MIT OR SSPL-1.0) AND GPL-2.0-only", False),
        ("BSD-3-Clause AND 0BSD AND MIT AND Zlib AND CC0-1.0", True),
    ],
)
def test_what_fits(licence: str, fits: bool) -> None:  # noqa: FBT001 - a table's column
    assert compatible(licence) is fits
