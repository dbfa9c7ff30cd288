"""How many comparisons were looked at, and what are their p-values worth together?"""
