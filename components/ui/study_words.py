"""Words for an address whose patients are not, or no longer, the ones that are open."""

from __future__ import annotations

from components.core.markup import bold
from data.language import say

NOT_OPEN = say("The imported cohort of this address is not open")
OTHER_OPEN = say("This address showed the reconstructed cohort")
OPEN_AGAIN = say("Open its files again")
RECONSTRUCTED = say("Go to the reconstructed cohort")
CLOSES = say("This closes the imported cohort and forgets its patients.")
WHY = say(
    "Imported patients stay in the memory of one browser session: reloading the page, another tab, a "
    "restart of the server or a break of some minutes ends it. No number is shown here, so that "
    "nobody takes other patients for them."
)


def lost(fingerprint: str) -> str:
    """Why nothing is shown at an address, and of which data it was."""
    return say("{why} Data of the address: {fingerprint}.", why=WHY, fingerprint=fingerprint)


def add_again(fingerprint: str) -> str:
    """On the page that opens cohorts: the one that the address showed is to be opened again."""
    return say(
        "{not_open} (data {fingerprint}). Add its files below to open it again.",
        not_open=NOT_OPEN,
        fingerprint=fingerprint,
    )


def beside(fingerprint: str, name: str) -> str:
    """That another cohort is open than the address showed: blank stands for the reconstructed one."""
    showed = (
        say("an imported cohort with the data {fingerprint}", fingerprint=fingerprint)
        if fingerprint
        else say("the reconstructed cohort")
    )
    return say(
        "It showed {showed}; open now is the imported cohort {name}. Choose which to see.",
        showed=showed,
        name=bold(name),
    )


def stay(name: str) -> str:
    """The way to the cohort that is open."""
    return say("Show {name}", name=name)
