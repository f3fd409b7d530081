"""Everything that is said about a file, once: code, severity, sentence, help."""
