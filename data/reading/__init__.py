"""Files become a cohort: read, understood, checked, or refused with every problem at once."""
