"""How is each number computed, and checked against what?"""

from components.ui import methods
from components.ui.shown import shown

methods.show_in_force(shown().method)
methods.show_used(shown())
methods.show_document()
