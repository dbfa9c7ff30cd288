"""Words of presentation mode: one panel alone on the screen."""

from __future__ import annotations

PRESENT, PRESENT_HELP = "Present", "The figure alone on the whole screen, in large type. Arrow keys step, Esc leaves."
NOTHING = "This page has no figure or table to present with these choices. Press Esc to go back."
KEYS = "← → step, F full screen, Esc leave"
KEYS_ALONE = "F full screen, Esc leave"


def sheet(i: int, of: int) -> str:
    """Which sheet of a panel is shown, and the keys to the others; blank where there is one."""
    return f"part {min(i + 1, of)} of {of}, ↑ ↓" if of > 1 else ""


def of_another_study(data: str, open_now: str) -> str:
    """Why a collected view is not shown: its patients are not those that are open."""
    return (
        f"This view was collected from another study (data {data}) and is not shown with the patients of the one open "
        f"now ({open_now}). The PowerPoint file keeps it as it was collected."
    )


def counter(i: int | None, of: int) -> str:
    """Which of the views kept is shown: ``2 / 5``; blank where none are kept."""
    if not of:
        return ""
    return f"{'–' if i is None else i + 1} / {of}"
