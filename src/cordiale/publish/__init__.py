"""The graph out: the Turtle writer and the other formats."""
