"""How a document is made: template → master (once) → merge (each pupil)."""
