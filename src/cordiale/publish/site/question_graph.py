"""A stored question and its answer as RDF: SHACL's words for queries, the W3C's test words for answers."""

from collections.abc import Iterator

from rdflib import RDF, RDFS, SH, XSD, BNode, Literal, Namespace, URIRef

from cordiale.model.terms import Triple
from cordiale.publish.site.views import QuestionPage

__all__ = ["RESULTS", "question_triples"]

# https://www.w3.org/2001/sw/DataAccess/tests/result-set.n3
RESULTS = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
_ANSWERS = URIRef("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#result")


def question_triples(page: QuestionPage) -> Iterator[Triple]:
    """The question, its text, and its answer: a result set with an index for each row."""
    yield page.iri, RDF.type, SH.SPARQLExecutable
    for language, text in page.summary.items():
        yield page.iri, RDFS.label, Literal(text, lang=language)
    answer = page.answer
    yield page.iri, SH.select if answer.truth is None else SH.ask, Literal(page.text)
    if answer.failed:
        return
    result = BNode("answer")
    yield page.iri, _ANSWERS, result
    yield result, RDF.type, RESULTS["ResultSet"]
    if answer.truth is not None:
        yield result, RESULTS["boolean"], Literal(str(answer.truth).lower(), datatype=XSD.boolean)
        return
    for column in answer.columns:
        yield result, RESULTS["resultVariable"], Literal(column)
    for number, row in enumerate(answer.rows, start=1):
        solution = BNode(f"row{number}")
        yield result, RESULTS["solution"], solution
        yield solution, RESULTS["index"], Literal(str(number), datatype=XSD.integer)
        for place, (column, value) in enumerate(zip(answer.columns, row, strict=True)):
            if value is not None:
                binding = BNode(f"row{number}cell{place}")
                yield solution, RESULTS["binding"], binding
                yield binding, RESULTS["variable"], Literal(column)
                yield binding, RESULTS["value"], value
