"""The commands: a file each, a function each, a table of contents each."""
