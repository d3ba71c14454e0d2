"""The project folder and its RDF files in; refuses with a place and a reason."""
