"""Who are the patients, and how did they fare?"""
