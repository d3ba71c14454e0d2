"""JSON-LD 1.1, flattened, with lists as lists and every lexical form as it is.

rdflib's own writer is not used: with a context it turns numbers and booleans into native JSON, which has no
"01" and no INF, and it leaves out circles of blank nodes.
"""

import json
from collections.abc import Collection, Mapping
from typing import TypeAlias

from rdflib import RDF, BNode, Literal, URIRef

from cordiale.model.terms import Node, Triple
from cordiale.publish.nesting import Nesting, by_subject, nest
from cordiale.publish.prefixing import Prefixes
from cordiale.publish.quads import Quad, by_graph, node_number, shared_nodes
from cordiale.publish.turtle_writer import predicate_key

__all__ = ["Json", "expanded", "usable_prefixes", "write_expanded", "write_jsonld"]

Json: TypeAlias = "str | float | list[Json] | dict[str, Json]"

_GEN_DELIMS = (":", "/", "?", "#", "[", "]", "@")


def write_jsonld(quads: Collection[Quad], prefixes: Mapping[str, str]) -> str:
    """A dataset as a JSON-LD document (https://www.w3.org/TR/json-ld11/), its named graphs as such.

    ``quads`` are ``checked`` and ``stably_labelled``. The context holds the prefixes that are used.
    """
    used = Prefixes(usable_prefixes(prefixes, quads))
    top = _graphs(quads, used)
    context: dict[str, Json] = dict(used.used())
    return json.dumps({"@context": context, "@graph": top}, ensure_ascii=False, indent=2) + "\n"


def write_expanded(quads: Collection[Quad], _prefixes: Mapping[str, str]) -> str:
    """The same expanded: whole IRIs, no context."""
    return json.dumps(expanded(quads), ensure_ascii=False, indent=2) + "\n"


def expanded(quads: Collection[Quad]) -> list[Json]:
    """A dataset as expanded JSON-LD (https://www.w3.org/TR/json-ld11/#expanded-document-form)."""
    return _graphs(quads, Prefixes({}))


def _graphs(quads: Collection[Quad], used: Prefixes) -> list[Json]:
    graphs = by_graph(quads)
    shared = shared_nodes(graphs)
    top: list[Json] = []
    for name, triples in graphs.items():
        nodes = _nodes(triples, shared, used)
        top.extend(nodes if name is None else [{"@id": _name(name, used), "@graph": nodes}])
    return top


def usable_prefixes(prefixes: Mapping[str, str], quads: Collection[Quad]) -> dict[str, str]:
    """The prefixes that a JSON-LD context takes and that no IRI of the data would be mistaken for.

    JSON-LD 1.1, section 4.1.5: a prefix has a name, and its IRI ends in a gen-delim. An IRI such as ``org:x``
    would be read as a compact one if there were a prefix ``org``.
    """
    terms = [term for quad in quads for term in quad]
    terms.extend(term.datatype for term in terms if isinstance(term, Literal))
    schemes = {_scheme(term) for term in terms if isinstance(term, URIRef)}
    return {
        prefix: iri
        for prefix, iri in prefixes.items()
        if prefix and prefix not in schemes and iri.endswith(_GEN_DELIMS)
    }


def _scheme(iri: URIRef) -> str:
    """What a JSON-LD processor would take for a prefix in ``iri``; nothing when // follows it."""
    scheme, _, rest = iri.partition(":")
    return "" if rest.startswith("//") else scheme


def _nodes(triples: Collection[Triple], shared: frozenset[BNode], used: Prefixes) -> list[Json]:
    """The node objects of one graph: IRIs in order, then blank nodes."""
    properties = by_subject(triples)
    nesting = nest(properties, shared)
    nodes: list[Json] = []
    for subject in sorted(properties.keys() - nesting.cells, key=_subject_key):
        node: dict[tuple[tuple[int, str], str], list[Json]] = {}
        for predicate, object_ in properties[subject]:
            # Types that are literals or lists are no @type: they stand under rdf:type beside it.
            is_type = (
                predicate == RDF.type and not isinstance(object_, Literal) and object_ not in nesting.lists
            )
            key = "@type" if is_type else _name(predicate, used)
            value = _name(object_, used) if is_type else _value(object_, nesting, used)
            node.setdefault((predicate_key(predicate), key), []).append(value)
        values: dict[str, Json] = {
            key: sorted(node[place, key], key=json.dumps) for place, key in sorted(node)
        }
        nodes.append({"@id": _name(subject, used), **values})
    return nodes


def _subject_key(subject: Node) -> tuple[int, str]:
    return (node_number(subject), "") if isinstance(subject, BNode) else (0, subject)


def _name(term: Node, used: Prefixes) -> str:
    return f"_:{term}" if isinstance(term, BNode) else used.curie(term) or str(term)


def _value(term: Node, nesting: Nesting, used: Prefixes) -> Json:
    if isinstance(term, Literal):
        value: dict[str, Json] = {"@value": str(term)}
        if term.language:
            value["@language"] = term.language
        elif term.datatype is not None:
            value["@type"] = _name(term.datatype, used)
        return value
    if isinstance(term, BNode) and term in nesting.lists:
        return {"@list": [_value(member, nesting, used) for member in nesting.lists[term]]}
    return {"@list": []} if term == RDF.nil else {"@id": _name(term, used)}
