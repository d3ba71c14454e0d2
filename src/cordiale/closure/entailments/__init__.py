"""Whether a graph follows from another, where forward rules do not reach."""
