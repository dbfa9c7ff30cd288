"""What does a page show, as files and without a browser?"""
