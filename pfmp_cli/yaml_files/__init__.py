"""YAML files → data with the place of every value, and what is wrong in a teacher's words."""
