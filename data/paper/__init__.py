"""What was published, where it stands, and what R answers."""
