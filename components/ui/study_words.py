"""Words for an address whose patients are not, or no longer, the ones that are open."""

from __future__ import annotations

from components.core.markup import bold

FIELD = "Data shown"
NOT_OPEN = "The imported cohort of this address is not open"
OTHER_OPEN = "This address showed the reconstructed cohort"
OPEN_AGAIN = "Open its files again"
RECONSTRUCTED = "Go to the reconstructed cohort"
CLOSES = "This closes the imported cohort and forgets its patients."
WHY = (
    "Imported patients stay in the memory of one browser session: reloading the page, another tab, a restart of the "
    "server or a break of some minutes ends it. No number is shown here, so that nobody takes other patients for them."
)


def lost(fingerprint: str) -> str:
    """Why nothing is shown at an address, and of which data it was."""
    return f"{WHY} Data of the address: {fingerprint}."


def add_again(fingerprint: str) -> str:
    """On the page that opens cohorts: the one that the address showed is to be opened again."""
    return f"{NOT_OPEN} (data {fingerprint}). Add its files below to open it again."


def beside(fingerprint: str, name: str) -> str:
    """That another cohort is open than the address showed: blank stands for the reconstructed one."""
    showed = f"an imported cohort with the data {fingerprint}" if fingerprint else "the reconstructed cohort"
    return f"It showed {showed}; open now is the imported cohort {bold(name)}. Choose which to see."


def stay(name: str) -> str:
    """The way to the cohort that is open."""
    return f"Show {name}"
