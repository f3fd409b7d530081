"""Class files and placements: what schools hand in → pupils and their placements."""
