"""Which findings at the start go with death or progression?"""
