"""Master + a pupil's values → a document: once a pupil, standard library only."""
