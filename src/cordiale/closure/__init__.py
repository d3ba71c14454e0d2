"""What follows from the triples: OWL 2 RL closures, behind one small interface."""
