"""A class's documents → one file for the copier."""
