"""What every question shares: estimates, groups, methods, tables, panels, printed numbers."""
