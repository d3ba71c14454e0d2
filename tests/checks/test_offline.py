"""Which queries in shapes are taken for ones that reach outside."""

import pytest
from rdflib import SH, Graph, Literal, URIRef

from cordiale.checks.offline import reaching_outside


@pytest.mark.parametrize(
    ("query", "keyword"),
    [
        ("SELECT $this { service <https://example.org> { } }", "SERVICE"),
        ("SELECT $this { SERVICE ?where { } }", "SERVICE"),
        ("SELECT $this FROM NAMED <https://example.org> { }", "FROM"),
        ("SELECT $this { } # FROM\n FROM <https://example.org>", "FROM"),
        ('SELECT $this { ?this ?p "FROM" . SERVICE ?where { } }', "SERVICE"),
    ],
)
def test_found(query: str, keyword: str) -> None:
    """The keyword is found in any case, and after comments and strings that hold one."""
    shapes = Graph()
    shapes.add((URIRef("x:q"), SH.select, Literal(query)))
    assert list(reaching_outside(shapes)) == [(URIRef("x:q"), keyword)]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT $this { $this ex:from ?from ; ex:service $service }",
        'SELECT $this { $this <https://example.org/FROM> \'FROM\', "it\\"s FROM" } # SERVICE <x:y>',
        "SELECT $this { $this ?p '''from ' here''' , \"\"\"from \" there\"\"\" ; FROM:x 1 }",
        "SELECT $this { $this ex:fromage ?x }",
    ],
)
def test_not_found(query: str) -> None:
    """Names, variables, strings, IRIs and comments are no keywords."""
    shapes = Graph()
    shapes.add((URIRef("x:q"), SH.select, Literal(query)))
    assert list(reaching_outside(shapes)) == []
