"""All the files of a run → what it works with, and all that is wrong with them."""
