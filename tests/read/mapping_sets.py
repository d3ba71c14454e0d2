"""Mapping sets, made for a test."""

__all__ = ["COLUMNS", "HEADER", "ROW", "mapping_set"]

HEADER = """\
#curie_map:
#  id: https://example.org/id/
#  foaf: http://xmlns.com/foaf/0.1/
#  https: 'https:'
#  ror: https://ror.org/
#mapping_set_id: https://example.org/source/links/ror
#license: https://creativecommons.org/publicdomain/zero/1.0/
"""
COLUMNS = ("subject_id", "subject_label", "predicate_id", "object_id", "mapping_justification", "comment")
ROW = ("id:oxford", "Oxford", "skos:exactMatch", "ror:052gg0110", "semapv:ManualMappingCuration", "")


def mapping_set(*rows: tuple[str, ...], header: str = HEADER, columns: tuple[str, ...] = COLUMNS) -> str:
    """The text of a mapping set with these rows, the values as they are; line 9 is the first of them."""
    return header + "".join("\t".join(values) + "\n" for values in (columns, *rows))
