"""How do I look at my own hospital's patients?"""
