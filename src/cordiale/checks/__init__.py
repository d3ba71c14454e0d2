"""SHACL and house rules: one list of problems. Takes a graph."""
