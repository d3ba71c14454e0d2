"""Graphs and files as numbered triples."""
