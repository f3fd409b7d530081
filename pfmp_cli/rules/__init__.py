"""Everything that is said about a file, once: code, severity, sentence, help. A file a family.

`registry` has them all.
"""
