"""Words of presentation mode: one panel alone on the screen."""

from __future__ import annotations

from data.language import say

PRESENT, PRESENT_HELP = (
    say("Present"),
    say("The figure alone on the whole screen, in large type. Arrow keys step, Esc leaves."),
)
NOTHING = say("This page has no figure or table to present with these choices. Press Esc to go back.")
KEYS = say("← → step, F full screen, Esc leave")
KEYS_ALONE = say("F full screen, Esc leave")


def sheet(i: int, of: int) -> str:
    """Which sheet of a panel is shown, and the keys to the others; blank where there is one."""
    return say("part {i} of {of}, ↑ ↓", i=min(i + 1, of), of=of) if of > 1 else ""


def of_another_study(data: str, open_now: str) -> str:
    """Why a collected view is not shown: its patients are not those that are open."""
    return say(
        "This view was collected from another study (data {data}) and is not shown with the patients "
        "of the one open now ({open_now}). The PowerPoint file keeps it as it was collected.",
        data=data,
        open_now=open_now,
    )


def counter(i: int | None, of: int) -> str:
    """Which of the views kept is shown: ``2 / 5``; blank where none are kept."""
    if not of:
        return ""
    return f"{'–' if i is None else i + 1} / {of}"
