"""Charts as values: what is drawn, on which scales and in whose colour, and the renderers that draw it."""
