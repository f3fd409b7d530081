"""Files: what a user keeps, written so that nothing is lost."""
