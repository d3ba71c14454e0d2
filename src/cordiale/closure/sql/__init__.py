"""The rules run as SQL: tables, statements, rounds."""
