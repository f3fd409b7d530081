"""Two référentiels side by side: what differs, by code, and which documents it touches."""
