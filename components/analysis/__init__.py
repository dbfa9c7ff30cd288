"""A cohort in, a result out: labelled, counted, with the reason where there is no number."""
