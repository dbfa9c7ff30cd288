"""How much of which drug, for how long, and why was it stopped?"""
