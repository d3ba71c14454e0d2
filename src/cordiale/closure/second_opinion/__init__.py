"""The closure by owlrl, to compare with."""
