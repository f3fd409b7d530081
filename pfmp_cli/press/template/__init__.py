"""Référentiel + school + edition → HTML."""
