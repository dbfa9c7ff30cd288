"""Panels out of the dashboard: slides, images, tables, a report."""
