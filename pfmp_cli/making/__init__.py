"""A plan carried out: what there is to make, what was made, and what is said of it."""
