"""How well does a baseline value predict death?"""
