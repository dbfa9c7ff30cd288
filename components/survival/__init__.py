"""How long do patients live, and which groups differ?"""
