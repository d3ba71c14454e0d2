"""The static site of a project: what stands on its pages, and how they come to the disk."""
