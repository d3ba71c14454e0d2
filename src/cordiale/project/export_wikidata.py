"""The graph for Wikidata: QuickStatements, its RDF, its JSON, and what of it Wikidata lacks."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from rdflib import DCTERMS, Literal, URIRef

from cordiale.link.loss import loss
from cordiale.link.quickstatements import commands, value_text
from cordiale.link.things import linked_pairs
from cordiale.link.turtle_blocks import Blocks
from cordiale.link.wikidata_files import read_found, read_wikidata
from cordiale.link.wikidata_graph import add_statement, add_truthy
from cordiale.link.wikidata_json_writer import write_entity
from cordiale.link.wikidata_missing import lacking
from cordiale.link.wikidata_model import Entity, Snak
from cordiale.link.wikidata_names import NAMESPACES, is_id
from cordiale.link.wikidata_own import Cited, own_statements
from cordiale.link.wikidata_rdf import read_entities
from cordiale.link.wikidata_sheets import FOLDER
from cordiale.model.prefixes import PREFIXES
from cordiale.model.problems import Problem, Severity
from cordiale.model.terms import Node, Triple
from cordiale.project.knowledge_graph import KnowledgeGraph
from cordiale.read.catalogue_checks import CORD

__all__ = ["WIKIDATA_FORMATS", "WikidataExport", "export_wikidata"]

WIKIDATA_FORMATS = ("quickstatements", "wikidata", "wikidata-json")


@dataclass(frozen=True, slots=True, kw_only=True)
class WikidataExport:
    """Entities to be told to Wikidata, and what cannot be told, or only in part."""

    entities: tuple[Entity, ...]
    problems: tuple[Problem, ...]
    labels: Mapping[str, str]

    def write(self, fmt: str) -> tuple[str, tuple[Problem, ...]]:
        """The text in one of ``WIKIDATA_FORMATS``, and what the format cannot hold."""
        if fmt == "quickstatements":
            made = [each for entity in self.entities for each in commands(entity.id, entity.statements)]
            lines = [each for each in made if isinstance(each, str)]
            return "".join(f"{line}\n" for line in lines), tuple(p for p in made if isinstance(p, Problem))
        if fmt == "wikidata-json":
            entities = {entity.id: write_entity(entity) for entity in self.entities}
            return json.dumps({"entities": entities}, ensure_ascii=False, indent=1) + "\n", ()
        blocks = Blocks()
        for entity in self.entities:
            blocks.add(f"wd:{entity.id}", f"a wikibase:{'Item' if entity.kind == 'item' else 'Property'}")
            for position, statement in enumerate(entity.statements):
                add_statement(blocks, entity.id, statement, statement.references, position)
            add_truthy(blocks, entity)
        return blocks.without("imp:").text(NAMESPACES, "Statements in the model of Wikidata's RDF."), ()

    def rows(self) -> Iterator[tuple[str, str, str, str, str, str]]:
        """Item, name, property, value, qualifiers and number of references of each statement."""
        for entity in self.entities:
            for statement in entity.statements:
                yield (
                    entity.id,
                    self.labels.get(entity.id, ""),
                    statement.main.property,
                    self._shown(statement.main),
                    ", ".join(f"{snak.property} {self._shown(snak)}" for snak in statement.qualifiers),
                    str(len(statement.references)),
                )

    def _shown(self, snak: Snak) -> str:
        text = snak.kind if snak.value is None else value_text(snak.value)
        return f"{text} ({self.labels[text]})" if text in self.labels else text


def export_wikidata(kg: KnowledgeGraph, missing_in: Sequence[Path]) -> WikidataExport:
    """What our sources and what was imported say of items of Wikidata; given dumps, only what these lack.

    C738 a thing that is linked to several items, of which nothing is told; C739 an item that the dumps do not
    hold, of which nothing can be said to be lacking.

    Raises:
        MachineError: C901, a dump cannot be read.
    """
    items, twice = _items(kg)
    space = PREFIXES["wd"]
    imported: list[Triple] = []
    ours: dict[str, list[Triple]] = {}
    for source in kg.sources:
        triples = cast("Iterable[Triple]", kg.graph.graph(source.iri).triples((None, None, None)))
        if source.name.startswith(f"{FOLDER}/"):
            imported.extend(triples)
        elif not source.trusted:
            ours[source.name] = sorted(triples, key=lambda triple: [str(term) for term in triple])
    entities = {entity.id: entity for entity in read_entities(imported)}
    own, problems = own_statements(ours, items, _cited(kg))
    for id_, statements in own.items():
        entity = entities.get(id_, Entity(id=id_))
        entities[id_] = replace(entity, statements=(*entity.statements, *lacking(statements, entity)))
    told = [*twice, *problems]
    if missing_in:
        entities = {entity.id: entity for entity in _compared(entities, missing_in, told)}
    things = {id_: URIRef(space + id_) for id_ in entities}
    things |= {id_: URIRef(thing) for thing, id_ in items.items() if thing != URIRef(space + id_)}
    labels = {id_: kg.names.label(thing, kg.settings.languages[0]) for id_, thing in things.items()}
    return WikidataExport(
        entities=tuple(entities[id_] for id_ in sorted(entities, key=lambda name: (name[0], int(name[1:])))),
        problems=tuple(told),
        labels=labels,
    )


def _items(kg: KnowledgeGraph) -> tuple[dict[Node, str], list[Problem]]:
    """The item of each thing that is linked to one, and of each item itself."""
    space = PREFIXES["wd"]
    found: dict[Node, set[str]] = {}
    for subject, value in linked_pairs(kg.graph):
        id_ = str(value).removeprefix(space)
        if is_id(id_) and isinstance(subject, URIRef):
            found.setdefault(subject, set()).add(id_)
    items: dict[Node, str] = {}
    problems = []
    for thing, ids in sorted(found.items()):
        if len(ids) == 1:
            items[thing] = next(iter(ids))
        else:
            message = (
                f"{kg.names.shorten(URIRef(thing))} is linked to several items: {', '.join(sorted(ids))}"
            )
            problems.append(loss("C738", Severity.WARNING, message, "take the wrong link out", None))
    for id_ in sorted(set(items.values())):
        items[URIRef(space + id_)] = id_
    return items, problems


def _cited(kg: KnowledgeGraph) -> dict[str, Cited]:
    """The sources that have a web address, or whose whole has one."""
    cited = {}
    for source in kg.sources:
        whole = kg.graph.value(source.iri, DCTERMS.isPartOf)
        for document in (source.iri, whole):
            url = kg.graph.value(document, CORD.url) if isinstance(document, URIRef) else None
            if url is not None:
                issued = kg.graph.value(document, DCTERMS.issued)
                day = issued if isinstance(issued, Literal) else None
                cited[source.name] = Cited(url=str(url), issued=day)
                break
    return cited


def _compared(entities: Mapping[str, Entity], dumps: Sequence[Path], told: list[Problem]) -> Iterator[Entity]:
    seen = set()
    for path in dumps:
        for found in read_wikidata(path):
            if isinstance(found, Problem):
                told.append(found)
                continue
            if found.id not in entities or found.id in seen:
                continue
            there = read_found(found)
            if isinstance(there, Problem):
                told.append(there)
                continue
            seen.add(found.id)
            missing = tuple(lacking(entities[there.id].statements, there))
            if missing:
                yield Entity(id=there.id, kind=there.kind, statements=missing)
    for id_ in sorted(entities.keys() - seen):
        message = f"{id_} is not in the dump, so nothing is told of it"
        told.append(
            loss("C739", Severity.WARNING, message, "fetch its JSON, and compare with that too", None)
        )
