"""Every widget that a link carries is drawn from its control, and nothing else writes into the address."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def sources_with(text: str) -> list[str]:
    files = [*(ROOT / "components" / "ui").glob("*.py"), *(ROOT / "pages").rglob("*.py"), ROOT / "app.py"]
    return [file.name for file in files if text in file.read_text(encoding="utf-8")]


def test_one_file_alone_reads_and_writes_the_address_of_the_browser() -> None:
    assert sources_with("st.query_params") == ["address.py"]
    assert sources_with("st.switch_page") == ["address.py"]
    assert sources_with("st.rerun") == ["address.py"]  # it must know of every run that no browser asked for
    assert sources_with("bind=") == []
