"""Open, check, reason, ask, show, build: the only room that wires the others."""
