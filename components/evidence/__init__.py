"""Does this cohort give back every number that was published?"""
