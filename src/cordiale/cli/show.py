"""``cordiale show``: what is known of one thing."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rdflib import Literal, URIRef

from cordiale.cli.options import Project, ReportFormat, Triples
from cordiale.cli.printing import write_out
from cordiale.model.terms import Node
from cordiale.project.description import Description, Fact
from cordiale.project.knowledge_graph import KnowledgeGraph, open_project

__all__ = ["show"]


def show(
    thing: Annotated[str, typer.Argument(metavar="THING", help="A label, a CURIE, a slug or an IRI.")],
    triples: Annotated[Triples, typer.Option(help="Which facts are shown.")] = Triples.BOTH,
    fmt: Annotated[ReportFormat, typer.Option("--format", help="How they are written.")] = ReportFormat.TEXT,
    project: Project = Path(),
) -> None:
    """Show what is known of a thing.

    Its labels, types and facts, each with the sources that state it; inferred ones are marked.
    """
    kg = open_project(project)
    description = kg.show(thing, triples=triples.value)
    write_out(_as_json(description, kg) if fmt is ReportFormat.JSON else _as_text(description, kg))


def _as_text(description: Description, kg: KnowledgeGraph) -> str:
    shorten, language = kg.names.shorten, kg.settings.languages[0]
    lines = [f"{kg.names.label(description.thing, language)}  {shorten(description.thing)}"]
    parts = (("labels", description.labels), ("types", description.types), ("facts", description.facts))
    for heading, facts in parts:
        if facts:
            lines += ["", heading]
            lines += [f"  {_fact(fact, kg)}" for fact in facts]
    if not any(facts for _, facts in parts):
        lines += ["", "no facts of its own"]
    return "\n".join(lines) + "\n"


def _fact(fact: Fact, kg: KnowledgeGraph) -> str:
    sources = "inferred" if fact.inferred else ", ".join(kg.names.shorten(source) for source in fact.sources)
    return f"{kg.names.shorten(fact.predicate)}  {_term(fact.object, kg)}  [{sources}]"


def _term(term: Node, kg: KnowledgeGraph) -> str:
    if isinstance(term, URIRef):
        return kg.names.shorten(term)
    if isinstance(term, Literal):
        tag = f"@{term.language}" if term.language else ""
        return f'"{term}"{tag}' if tag or term.datatype is None else str(term)
    return f"_:{term}"


def _as_json(description: Description, kg: KnowledgeGraph) -> str:
    def members(fact: Fact) -> dict[str, object]:
        return {
            "predicate": fact.predicate,
            "object": fact.object.n3(),
            "sources": [kg.names.shorten(source) for source in fact.sources],
            "inferred": fact.inferred,
        }

    content = {
        "thing": description.thing,
        "labels": [members(fact) for fact in description.labels],
        "types": [members(fact) for fact in description.types],
        "facts": [members(fact) for fact in description.facts],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
