"""Files of every shape that lists come in → rows under titles."""
