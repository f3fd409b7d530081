"""Who gets which documents."""
