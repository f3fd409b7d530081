"""HTML → master, once, by WeasyPrint."""
