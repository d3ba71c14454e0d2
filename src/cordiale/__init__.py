"""A knowledge graph that shows its sources: for what it was told, and for what it worked out."""
