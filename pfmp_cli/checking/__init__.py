"""`pfmp check`: what can be said of all the files without writing any."""
