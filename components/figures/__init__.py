"""Results in, Plotly specifications out; nothing is computed here but places on the page."""
