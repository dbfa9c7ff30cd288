"""What happened to one patient?"""
