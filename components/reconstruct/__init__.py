"""The search for patient-level cohorts that give the published numbers back."""
