"""Values only: places, problems, sources, settings, prefixes, and the errors that carry them."""
