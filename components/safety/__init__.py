"""Which adverse reactions, how many, and when; who died of what?"""
