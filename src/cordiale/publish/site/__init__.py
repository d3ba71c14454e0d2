"""The static site: pages of a knowledge graph on which every fact shows its sources."""
