"""Référentiel and school read again: what contradicts what, and what should be looked at."""
