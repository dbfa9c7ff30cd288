"""How do I take these results to a talk or a paper?"""

from components.ui.collection import show_collection

show_collection()
