"""Where pupils are placed: the rows of a file, or of the list, → the stages of each pupil."""
