"""The cohort, its dictionary and filters, and the numbers the paper published."""
