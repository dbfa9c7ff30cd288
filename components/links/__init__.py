"""What a page can be asked, and how a link asks it: every control with its options and its default, and the link."""
