"""Who was treated, and how do the groups compare at the start?"""
