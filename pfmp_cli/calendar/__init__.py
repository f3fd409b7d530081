"""Days, weeks and holidays of placements."""
