"""The texts of every language, and the command that collects them from the code."""
