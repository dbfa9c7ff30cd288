"""Every reason has its words."""

from components.core.estimate import Reason
from components.core.reason_words import LONG, SHORT


def test_every_reason_can_be_said_short_and_long() -> None:
    assert set(SHORT) == set(LONG) == set(Reason)
    assert all(sentence.endswith(".") for sentence in LONG.values())
