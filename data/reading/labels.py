"""Labels inside sentences."""

from __future__ import annotations

import re

PROPER = frozenset(
    {
        *("Addison", "Alzheimer", "Behçet", "Bowen", "Burkitt", "Castleman", "Coombs", "Crohn", "Cushing", "Epstein"),
        *("Felty", "Gottron", "Graves", "Guillain", "Hashimoto", "Hodgkin", "Horner", "Japanese", "Kaposi", "Kawasaki"),
        *("Lambert", "Lyell", "Merkel", "Paget", "Parkinson", "Quincke", "Raynaud", "Reye", "Rowell", "Sjogren"),
        *("Sjögren", "Stevens", "Still", "Sweet", "Takayasu", "Waldenström", "Wegener", "Whipple", "Wilson"),
        *("Aspergillus", "Bacteroides", "Campylobacter", "Candida", "Clostridioides", "Clostridium", "Corynebacterium"),
        *("Cryptococcus", "Enterobacter", "Enterococcus", "Escherichia", "Haemophilus", "Helicobacter", "Klebsiella"),
        *("Legionella", "Listeria", "Moraxella", "Mycobacterium", "Mycoplasma", "Nocardia", "Pneumocystis", "Proteus"),
        *("Pseudomonas", "Salmonella", "Serratia", "Staphylococcus", "Stenotrophomonas", "Streptococcus"),
        *("Strongyloides", "Toxoplasma", "Trichosporon"),
    }
)
"""Names of people, places and genera that a label of this field may begin with; they keep their capital."""
ORDINARY = frozenset({"Graves", "Still", "Sweet"})
"""Names that are words as well: names only before ``'s``, ``disease`` or ``syndrome``."""


def inside(label: str) -> str:
    """A label inside a sentence: lower case first letter, unless it begins with an abbreviation or a proper name.

    ``Subtype`` gives ``subtype``; ``KL-6``, ``PaO₂`` and ``Raynaud phenomenon`` stay. No other letter is changed.
    """
    word = re.split(r"[ \-'’,;/]", label, maxsplit=1)[0]
    named = word in PROPER and (
        word not in ORDINARY or bool(re.match(r"['’]s\b| (?:disease|syndrome)\b", label[len(word) :]))
    )
    ordinary = len(word) > 1 and word[1:].islower() and not named
    return label[0].lower() + label[1:] if ordinary else label
