"""Stored questions, their parameters, the engines that answer, and the answers; takes a graph."""
