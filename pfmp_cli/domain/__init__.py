"""The nouns of placements, and nothing else."""
