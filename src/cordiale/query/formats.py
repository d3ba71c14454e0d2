"""The SPARQL 1.1 results formats."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias
from xml.sax.saxutils import escape, quoteattr

from rdflib import XSD, BNode, Literal, URIRef

from cordiale.model.errors import UsageError
from cordiale.model.problems import Problem
from cordiale.model.terms import Node
from cordiale.query.terms import UNSAID, written

__all__ = [
    "Row",
    "csv_line",
    "csv_rows",
    "json_boolean",
    "json_rows",
    "relabelled",
    "tsv_rows",
    "xml_boolean",
    "xml_rows",
]

Row: TypeAlias = tuple[Node | None, ...]

_QUOTED_IN_CSV = re.compile(r'[",\r\n]')
# Literals that Turtle and SPARQL write without quotation marks, by datatype.
_BARE = {
    XSD.integer: re.compile(r"[+-]?[0-9]+"),
    XSD.decimal: re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD.double: re.compile(r"[+-]?(?:[0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+"),
    XSD.boolean: re.compile(r"true|false"),
}
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_XML_START = '<?xml version="1.0"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n'


def relabelled(rows: Iterable[Row]) -> list[Row]:
    """The rows with their blank nodes called b0, b1 ... in the order in which they appear."""
    labels: dict[BNode, BNode] = {}

    def label(term: Node | None) -> Node | None:
        return labels.setdefault(term, BNode(f"b{len(labels)}")) if isinstance(term, BNode) else term

    return [tuple(label(term) for term in row) for row in rows]


def csv_rows(variables: Sequence[str], rows: Iterable[Row]) -> str:
    """CSV (https://www.w3.org/TR/sparql11-results-csv-tsv/#csv): values without kind, datatype or language.

    Lines end in a line feed alone, which version control and editors leave as it is.
    """
    return csv_line(variables) + "".join(csv_line([_csv_cell(term) for term in row]) for row in rows)


def csv_line(cells: Sequence[str]) -> str:
    """One line of CSV (RFC 4180); a line of one empty cell is quoted, lest it be taken for no row at all."""
    if list(cells) == [""]:
        return '""\n'
    return ",".join(_quoted(cell) if _QUOTED_IN_CSV.search(cell) else cell for cell in cells) + "\n"


def tsv_rows(variables: Sequence[str], rows: Iterable[Row]) -> str:
    """TSV (https://www.w3.org/TR/sparql11-results-csv-tsv/#tsv): terms as SPARQL writes them."""
    lines = ["\t".join(f"?{name}" for name in variables)]
    lines.extend("\t".join(_tsv_cell(term) for term in row) for row in rows)
    return "\n".join(lines) + "\n"


def json_rows(
    variables: Sequence[str], rows: Iterable[Row], *, sources: Sequence[Mapping[str, object]] | None = None
) -> str:
    """JSON (https://www.w3.org/TR/sparql11-results-json/#select-encode-terms).

    ``sources`` of each row stand beside the bindings, in the same order, as a member of our own.
    """
    bindings = [
        {name: _json_term(term) for name, term in zip(variables, row, strict=True) if term is not None}
        for row in rows
    ]
    results: dict[str, object] = {"bindings": bindings}
    if sources is not None:
        results["cordiale:sources"] = sources
    return _json({"head": {"vars": list(variables)}, "results": results})


def json_boolean(truth: bool, *, sources: Mapping[str, object] | None = None) -> str:
    """JSON (https://www.w3.org/TR/sparql11-results-json/#ask-result-form), with ``sources`` as for rows."""
    told = {} if sources is None else {"cordiale:sources": sources}
    return _json({"head": {}, "boolean": truth, **told})


def xml_rows(variables: Sequence[str], rows: Iterable[Row]) -> str:
    """XML (https://www.w3.org/TR/rdf-sparql-XMLres/#vb-results).

    Raises:
        UsageError: C441, for a character that XML 1.0 has no way to write.
    """
    lines = [_XML_START + "  <head>"]
    lines.extend(f"    <variable name={quoteattr(name)}/>" for name in variables)
    lines.append("  </head>\n  <results>")
    for row in rows:
        lines.append("    <result>")
        lines.extend(
            f"      <binding name={quoteattr(name)}>{_xml_term(name, term)}</binding>"
            for name, term in zip(variables, row, strict=True)
            if term is not None
        )
        lines.append("    </result>")
    lines.append("  </results>\n</sparql>\n")
    return "\n".join(lines)


def xml_boolean(truth: bool) -> str:
    """XML (https://www.w3.org/TR/rdf-sparql-XMLres/#boolean-results)."""
    return f"{_XML_START}  <head/>\n  <boolean>{str(truth).lower()}</boolean>\n</sparql>\n"


def _quoted(cell: str) -> str:
    doubled = cell.replace('"', '""')
    return f'"{doubled}"'


def _csv_cell(term: Node | None) -> str:
    if term is None:
        return ""
    return f"_:{term}" if isinstance(term, BNode) else str(term)


def _tsv_cell(term: Node | None) -> str:
    if term is None:
        return ""
    if isinstance(term, Literal) and term.datatype in _BARE and _BARE[term.datatype].fullmatch(term):
        return str(term)
    return written(term)


def _json_term(term: Node) -> dict[str, str]:
    if isinstance(term, URIRef):
        return {"type": "uri", "value": str(term)}
    if isinstance(term, BNode):
        return {"type": "bnode", "value": str(term)}
    encoded = {"type": "literal", "value": str(term)}
    if term.language is not None:
        encoded["xml:lang"] = term.language
    elif term.datatype not in UNSAID:
        encoded["datatype"] = str(term.datatype)
    return encoded


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _xml_term(name: str, term: Node) -> str:
    forbidden = _NOT_XML.search(term)
    if forbidden:
        raise UsageError(
            Problem(
                code="C441",
                message=f"column {name} holds the character U+{ord(forbidden[0]):04X}, which XML cannot",
                remedy="choose json, csv or tsv",
            )
        )
    text = escape(term, {"\r": "&#13;"})
    if isinstance(term, URIRef):
        return f"<uri>{text}</uri>"
    if isinstance(term, BNode):
        return f"<bnode>{text}</bnode>"
    if term.language is not None:
        return f"<literal xml:lang={quoteattr(term.language)}>{text}</literal>"
    if term.datatype not in UNSAID:
        return f"<literal datatype={quoteattr(term.datatype)}>{text}</literal>"
    return f"<literal>{text}</literal>"
