"""``cordiale show``: what is known of one thing."""

import json
from pathlib import Path
from typing import Annotated

import typer

from cordiale.cli.options import (
    AsOf,
    Contested,
    DatedOnly,
    MinReliability,
    MinSources,
    Project,
    ReportFormat,
    Triples,
    ViewName,
    Without,
)
from cordiale.cli.printing import write_out
from cordiale.cli.views import policy_of, seen_by
from cordiale.project.description import Description, Fact
from cordiale.project.knowledge_graph import KnowledgeGraph, open_project

__all__ = ["show"]


def show(
    thing: Annotated[str, typer.Argument(metavar="THING", help="A label, a CURIE, a slug or an IRI.")],
    triples: Annotated[Triples, typer.Option(help="Which facts are shown.")] = Triples.BOTH,
    fmt: Annotated[ReportFormat, typer.Option("--format", help="How they are written.")] = ReportFormat.TEXT,
    without: Without = None,
    min_sources: MinSources = None,
    min_reliability: MinReliability = None,
    as_of: AsOf = "",
    dated_only: DatedOnly = False,
    view: ViewName = "",
    contested: Contested = False,
    project: Project = Path(),
) -> None:
    """Show what is known of a thing.

    Its labels, types and facts, each with the sources that state it; inferred ones are marked.
    """
    kg = open_project(project)
    policy = policy_of(
        kg,
        view=view,
        without=without,
        min_sources=min_sources,
        min_reliability=min_reliability,
        as_of=as_of,
        dated_only=dated_only,
    )
    kg = seen_by(kg, policy, contested=contested)
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
    return f"{kg.names.shorten(fact.predicate)}  {kg.names.written(fact.object)}  [{sources}]"


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
