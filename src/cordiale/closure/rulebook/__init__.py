"""The rules of OWL 2 RL as text, read and sorted out."""
