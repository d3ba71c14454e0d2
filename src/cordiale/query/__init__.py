"""Stored questions, typed parameters, SPARQL engines, answers. Takes a graph."""
