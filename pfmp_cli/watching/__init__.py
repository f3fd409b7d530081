"""Documents made again while what they are made from is edited."""
