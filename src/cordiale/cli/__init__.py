"""The command line: one file a verb. Parse arguments, call the project, print."""
