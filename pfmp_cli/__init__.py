"""pfmp: the documents of French work placements, from a référentiel and a class file."""

__version__ = "0.1.0"
