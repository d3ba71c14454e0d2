"""The table of classes and properties: as documented, and as the ontology aligns them."""

import re
from pathlib import Path

from rdflib import RDFS, SKOS, Graph, URIRef

from cordiale.link.wikidata_terms import FAMILIES, OFFICES, TIES, TIMES, class_of
from cordiale.model.prefixes import PREFIXES


def test_classes_are_those_documented(project_root: Path) -> None:
    """The reference lists each class of Wikidata beside the class of ours that it becomes."""
    text = (project_root / "docs/reference/wikidata.md").read_text(encoding="utf-8")
    table = text.partition("## Classes")[2].partition("## Properties")[0]
    listed: dict[str, str] = {}
    for ours, theirs in re.findall(r"^\| (`cord:.*?) \| (Q.*?) \|$", table, flags=re.MULTILINE):
        names = re.findall(r"`cord:(\w+)`", ours)
        groups = theirs.split("; ")
        assert len(groups) == len(names), ours
        for name, group in zip(names, groups, strict=True):
            listed |= dict.fromkeys(group.split(", "), name)
    assert len(listed) > 50
    assert {item: class_of([item]) for item in listed} == {
        item: (name, False) for item, name in listed.items()
    }
    assert set(listed.values()) == set(FAMILIES)


def test_classes_are_the_ontologys(project_root: Path) -> None:
    """Each class of ours is defined, and each that has a family is below it in the ontology."""
    graph = Graph().parse(project_root / "ontology/cordiale.ttl")
    for name, family in FAMILIES.items():
        own = URIRef(PREFIXES["cord"] + name)
        above = set(graph.transitive_objects(own, RDFS.subClassOf))
        assert (own, None, None) in graph, name
        assert URIRef(PREFIXES["cord"] + family) in above, name


def test_properties_agree_with_the_alignments(project_root: Path) -> None:
    """Where the ontology aligns a term with a property of Wikidata, the import uses it for that one."""
    graph = Graph().parse(project_root / "ontology/alignments.ttl")
    aligned = {
        str(term).removeprefix(PREFIXES["cord"]): str(value).removeprefix(PREFIXES["wdt"])
        for term, value in graph.subject_objects(SKOS.closeMatch)
        if str(value).startswith(PREFIXES["wdt"])
    }
    used: dict[str, set[str]] = {}
    for property_, tie in TIES.items():
        used.setdefault(tie.term, set()).add(property_)
    for property_, office in OFFICES.items():
        used.setdefault(office.plain, set()).add(property_)
    for property_, terms in TIMES.items():
        for term in terms.values():
            used.setdefault(term, set()).add(property_)
    shared = used.keys() & aligned.keys()
    assert len(shared) >= 9
    assert {term for term in shared if aligned[term] not in used[term]} == set()
