"""How do doses, troughs and laboratory values move over the visits?"""
