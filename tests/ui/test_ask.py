"""Every widget that a link carries is drawn from its control."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_nothing_else_is_bound_to_the_address() -> None:
    files = [*(ROOT / "components" / "ui").glob("*.py"), *(ROOT / "pages").rglob("*.py"), ROOT / "app.py"]
    assert [file.name for file in files if "bind=" in file.read_text(encoding="utf-8")] == ["ask.py"]
