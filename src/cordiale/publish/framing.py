"""JSON-LD compacted with a context, and framed: by pyld, which never fetches anything here.

Wherever pyld expands, it writes language tags in lower case, as JSON-LD 1.1 allows, and drops IRIs in which
Python sees a space, such as the legal U+00A0. So both go in as stand-ins, which are put back before the last
step, which expands nothing.
"""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from typing import NoReturn, cast

from rdflib import RDFS, Literal, URIRef

from cordiale.model.errors import UsageError
from cordiale.model.places import Place
from cordiale.model.problems import Problem
from cordiale.model.terms import Node, Triple
from cordiale.publish.context import Context, fitting
from cordiale.publish.jsonld import Json, expanded
from cordiale.publish.quads import Quad

__all__ = ["read_frame", "subclasses_of", "write_compacted", "write_context", "write_framed"]


def write_context(context: Context) -> str:
    """A context as a document of its own, which others may refer to."""
    return _text({"@context": context})


def write_compacted(quads: Collection[Quad], context: Context) -> str:
    """A dataset compacted with a context, which the document contains (JSON-LD 1.1 API, section 5.1).

    ``quads`` are ``checked`` and ``stably_labelled``.
    """
    used = fitting(context, quads)
    return _text(_compacted(expanded(quads), used))


def write_framed(
    quads: Collection[Quad], frame: Mapping[str, Json], context: Context, subclasses: Mapping[str, list[str]]
) -> str:
    """The things of one kind, each a tree as a frame has it (https://www.w3.org/TR/json-ld11-framing/).

    ``quads`` are ``checked`` and ``stably_labelled``; the graphs they stand in are merged. A type in the
    frame means its ``subclasses`` too, for what is asserted is mostly of those.

    Raises:
        UsageError: C582, the frame cannot be used.
    """
    from pyld.jsonld import JsonLdError, JsonLdProcessor

    used = fitting(context, quads)
    aside = _aside(quads)
    nodes = _renamed(expanded(quads), aside)
    wanted = {"@context": _plain(used), **_widened(frame, subclasses)}
    processor = JsonLdProcessor()
    try:
        framed = processor.frame(nodes, wanted, {**_OPTIONS, **_FRAMING})
        again = processor.expand(framed, _OPTIONS)
    except JsonLdError as error:
        raise _unusable(_first_cause(error)) from error
    except (AttributeError, LookupError, RecursionError, TypeError) as error:
        # What pyld 3.3 makes of frames that it does not foresee, such as [] for a property.
        raise _unusable("its form is none that a frame may have") from error
    return _text(_compacted(_renamed(again, {other: name for name, other in aside.items()}), used))


def read_frame(content: bytes, path: str) -> dict[str, Json]:
    """A frame from its file.

    Raises:
        UsageError: C582, it is no frame.
    """
    try:
        frame = json.loads(content)
    except (RecursionError, ValueError) as error:
        raise _unusable(f"no JSON: {error}", path) from error
    if not isinstance(frame, dict):
        raise _unusable("a frame is a JSON object", path)
    if "@context" in frame:
        raise _unusable("a frame has no @context of its own: the project's is put in", path)
    return frame


def subclasses_of(triples: Collection[Triple], context: Context) -> dict[str, list[str]]:
    """For each class with subclasses, by IRI, CURIE and name in the context: these by IRI, itself first."""
    below: dict[Node, set[Node]] = {}
    for subject, predicate, object_ in triples:
        if predicate == RDFS.subClassOf and isinstance(subject, URIRef) and isinstance(object_, URIRef):
            below.setdefault(object_, set()).add(subject)
    found = {}
    for top in below:
        reached: dict[Node, None] = {}
        todo = [top]
        while todo:
            one = todo.pop()
            if one not in reached:
                reached[one] = None
                todo.extend(sorted(below.get(one, ()), reverse=True))
        for name in _names(str(top), context):
            found[name] = [str(each) for each in reached]
    return found


def _names(iri: str, context: Context) -> Iterator[str]:
    """What an IRI may be called in a document with this context."""
    yield iri
    for name, told in context.items():
        if isinstance(told, str) and iri.startswith(told):
            yield f"{name}:{iri.removeprefix(told)}"
        elif isinstance(told, dict) and told["@id"] == iri:
            yield name


def _first_cause(error: BaseException) -> str:
    """What pyld found at first; what it tells is what it was about."""
    while error.__cause__ is not None:
        error = error.__cause__
    return str(error.args[0]).rstrip(".")


def _offline(url: str, _options: object) -> NoReturn:
    """What pyld is given to load documents with."""
    raise LookupError(f"<{url}> would have to be fetched")


_SPACE = re.compile(r"\s")
_OPTIONS = {"base": "", "documentLoader": _offline}
# pyld prunes the label of a blank node that a list within a list refers to.
_FRAMING = {"omitGraph": False, "omitDefault": True, "pruneBlankNodeIdentifiers": False}


def _compacted(nodes: Json, context: Context) -> Json:
    from pyld.jsonld import JsonLdProcessor

    # One value is a list too: what reads it need not ask, and a second value changes no line but its own.
    options = {**_OPTIONS, "skipExpansion": True, "compactArrays": False, "graph": True}
    return cast(Json, JsonLdProcessor().compact(nodes, context, options))


def _plain(context: Context) -> Context:
    """``context`` without containers, so that ``{}`` in a frame is any text, whatever its language."""
    return {
        name: {key: each for key, each in told.items() if key != "@container"}
        if isinstance(told, dict)
        else told
        for name, told in context.items()
    }


def _aside(quads: Collection[Quad]) -> dict[str, str]:
    """Stand-ins for the language tags, each after an @, and for the IRIs that pyld would not keep."""
    # Not a set: rdflib takes "a"@en and "a"@EN for equal.
    terms = [term for quad in quads for term in quad if term is not None]
    literals = [term for term in terms if isinstance(term, Literal)]
    iris = {str(term) for term in terms if isinstance(term, URIRef)}
    iris.update(str(term.datatype) for term in literals if term.datatype is not None)
    free = "urn:aside:"
    while any(iri.startswith(free) for iri in iris):
        free = f"urn:{free}"
    tags = sorted({f"@{term.language}" for term in literals if term.language})
    spaced = sorted(iri for iri in iris if _SPACE.search(iri))
    return {
        **{tag: f"@x-{number}" for number, tag in enumerate(tags)},
        **{iri: f"{free}{number}" for number, iri in enumerate(spaced)},
    }


def _renamed(value: Json, names: Mapping[str, str], key: str = "") -> Json:
    """Expanded JSON-LD with other tags and IRIs; ``key`` is that of the value."""
    if isinstance(value, list):
        return [_renamed(each, names, key) for each in value]
    if isinstance(value, dict):
        return {names.get(name, name): _renamed(told, names, name) for name, told in value.items()}
    if not isinstance(value, str):
        return value
    if key == "@language":
        return names.get(f"@{value}", value).removeprefix("@")
    return names.get(value, value) if key in ("@id", "@type") else value


def _widened(frame: Mapping[str, Json], subclasses: Mapping[str, list[str]]) -> dict[str, Json]:
    """A frame with the subclasses of its types."""
    found: dict[str, Json] = {}
    for key, told in frame.items():
        if key in ("type", "@type"):
            names = told if isinstance(told, list) else [told]
            wide = (subclasses.get(name, [name]) if isinstance(name, str) else [name] for name in names)
            found[key] = [each for many in wide for each in many]
        else:
            found[key] = _widened(told, subclasses) if isinstance(told, dict) else told
    return found


def _unusable(message: str, path: str = "") -> UsageError:
    return UsageError(
        Problem(
            code="C582",
            message=f"the frame cannot be used: {message}",
            remedy="write it as https://www.w3.org/TR/json-ld11-framing/ has it, with names of the context",
            place=Place(path=path) if path else None,
        )
    )


def _text(document: Json) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
