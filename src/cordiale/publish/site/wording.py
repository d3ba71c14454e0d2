"""What the site says in its own words, in English and in French."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from unicodedata import combining, normalize

from rdflib import DCTERMS, FOAF, RDF, RDFS, SKOS

__all__ = ["COMMON", "LANGUAGES", "WORDING", "Words", "alphabetical"]

LANGUAGES = ("en", "fr")

# Each with what it is in English and in French; {} takes a number or a name.
_BOTH: Mapping[str, tuple[str, str]] = {
    "all_facts": ("All facts", "Tous les faits"),
    "absence": ("for want of something", "faute d’autre chose"),
    "absence_hint": (
        "One more source might take this row away.",
        "Une source de plus pourrait retirer cette ligne.",
    ),
    "again": ("shown above", "montré plus haut"),
    "aggregate": ("of a group", "d’un groupe"),
    "aggregate_hint": (
        "Drawn from a group: these are all the sources that have part in it.",
        "Tiré d’un groupe : voici toutes les sources qui y ont part.",
    ),
    "alone": ("States alone", "Affirme seul"),
    "alone_none": ("Nothing that others do not state too.", "Rien que d’autres n’affirment aussi."),
    "also": ("also stated by", "affirmé aussi par"),
    "answer": ("Answer", "Réponse"),
    "answer_none": ("No rows.", "Aucune ligne."),
    "asserted": ("stated", "affirmé"),
    "asserted_count": ("facts stated", "faits affirmés"),
    "axiom_all_of": ("It is what is all of these: {}.", "C’est ce qui est tout cela : {}."),
    "axiom_any_of": ("It is what is one of these: {}.", "C’est ce qui est l’un de ceux-ci : {}."),
    "axiom_apart": (
        "No two things are linked both by it and by: {}.",
        "Deux choses ne sont jamais liées à la fois par elle et par : {}.",
    ),
    "axiom_asymmetric": (
        "It never holds in both directions.",
        "Elle ne vaut jamais dans les deux sens.",
    ),
    "axiom_chain": (
        "It follows from these, one after the other: {}.",
        "Elle découle de celles-ci, l’une après l’autre : {}.",
    ),
    "axiom_disjoint": ("Nothing is both this and: {}.", "Rien n’est à la fois cela et : {}."),
    "axiom_domain": ("What it is said of is: {}.", "Ce dont elle se dit est : {}."),
    "axiom_functional": (
        "A thing has one value of it: two that are told are the same.",
        "Une chose n’en a qu’une valeur : deux qui sont dites sont la même.",
    ),
    "axiom_implied": ("It is implied by: {}.", "Elle est impliquée par : {}."),
    "axiom_implies": ("It implies: {}.", "Elle implique : {}."),
    "axiom_inverse": (
        "Read from its value to its subject, it is: {}.",
        "Lue de sa valeur vers son sujet, elle est : {}.",
    ),
    "axiom_inverse_functional": (
        "A value belongs to one thing: two that have it are the same.",
        "Une valeur n’appartient qu’à une chose : deux qui l’ont sont la même.",
    ),
    "axiom_irreflexive": ("Nothing is its own value.", "Rien n’est sa propre valeur."),
    "axiom_kind": ("It is a kind of: {}.", "C’est une sorte de : {}."),
    "axiom_kinds": ("Its kinds: {}.", "Ses sortes : {}."),
    "axiom_members": ("It has these members and no others: {}.", "Elle compte ceux-ci et aucun autre : {}."),
    "axiom_only": (
        "All that one of it has by “{}” is: {}.",
        "Tout ce que l’un d’eux a par « {} » est : {}.",
    ),
    "axiom_range": ("Its value is: {}.", "Sa valeur est : {}."),
    "axiom_same": ("It is the same as: {}.", "C’est la même chose que : {}."),
    "axiom_single": (
        "A thing has one value of it; documents that give several are in conflict.",
        "Une chose n’en a qu’une valeur ; des documents qui en donnent plusieurs se contredisent.",
    ),
    "axiom_some": (
        "Each one has, by “{}”, some value of this kind: {}.",
        "Chacun a, par « {} », une valeur de cette sorte : {}.",
    ),
    "axiom_symmetric": ("It holds in both directions.", "Elle vaut dans les deux sens."),
    "axiom_transitive": (
        "What it links in a row, it links from the first to the last.",
        "Ce qu’elle relie de proche en proche, elle le relie du premier au dernier.",
    ),
    "axiom_value": ("Each one has, by “{}”, this value: {}.", "Chacun a, par « {} », cette valeur : {}."),
    "axioms": ("What is laid down", "Ce qui est posé"),
    "cannot_all": (
        "Sets of sources that cannot all be right ({})",
        "Ensembles de sources qui ne peuvent toutes avoir raison ({})",
    ),
    "carries": (
        "What only it carries: what it states alone, and what is inferred from it alone.",
        "Ce qu’il porte seul : ce qu’il affirme seul, et ce qui n’est déduit que de lui.",
    ),
    "cites": ("cites", "cite"),
    "cites_none": ("cites no document", "ne cite aucun document"),
    "classes": ("Classes", "Classes"),
    "claims": ("Claims", "Énoncés"),
    "claims_single": (
        "{} of {} cite exactly one document.",
        "{} sur {} citent exactement un document.",
    ),
    "command": ("Command", "Commande"),
    "about": ("About:", "Au sujet de :"),
    "conflict": ("Conflict", "Contradiction"),
    "conflicts_here": (
        "What each side says, line by line, and what it takes to be rid of it:",
        "Ce que dit chaque partie, ligne à ligne, et ce qui y mettrait fin :",
    ),
    "known": ("What the project says of it", "Ce qu’en dit le projet"),
    "rule_of": ("The rule", "La règle"),
    "sides": ("The sides", "Les parties"),
    "conflicts": ("Conflicts", "Contradictions"),
    "conflicts_lead": (
        "Sources that cannot all be right, what each of them says, and what it takes to be rid of it.",
        "Des sources qui ne peuvent toutes avoir raison, ce que dit chacune, et ce qui y mettrait fin.",
    ),
    "conflicts_none": ("None were found.", "Aucune n’a été trouvée."),
    "contested": ("contested", "contesté"),
    "contested_hint": (
        "Only sources at odds with each other carry it.",
        "Seules des sources qui se contredisent le portent.",
    ),
    "copied": ("Copied", "Copié"),
    "copy": ("Copy", "Copier"),
    "cut": (
        "The text has {} characters; the Turtle file has all of it.",
        "Le texte compte {} caractères ; le fichier Turtle le donne en entier.",
    ),
    "details": ("What the catalogue says of it", "Ce qu’en dit le catalogue"),
    "disputed": ("disputed", "controversé"),
    "disputes": ("Where documents disagree", "Où les documents divergent"),
    "disputes_lead": (
        "These properties have one value, and documents give several.",
        "Ces propriétés n’ont qu’une valeur, et les documents en donnent plusieurs.",
    ),
    "document": ("Document", "Document"),
    "documents": ("Sources", "Sources"),
    "examples": ("Examples", "Exemples"),
    "facts": ("Facts", "Faits"),
    "falls": ("Falls without it", "Tombe sans lui"),
    "falls_lead": (
        "{} facts fall without it, {} of them inferred; {} rest on it and survive on other sources.",
        "{} faits tombent sans lui, dont {} déduits ; {} reposent sur lui et subsistent par d’autres.",
    ),
    "falls_trusted": (
        "It is the project’s own and trusted: it cannot be withdrawn.",
        "Il appartient au projet, qui s’y fie : il ne peut être retiré.",
    ),
    "file": ("File", "Fichier"),
    "goes_too": ("Out with it", "Retiré avec lui"),
    "hinges": ("hinges on one source", "tient à une seule source"),
    "home": ("Home", "Accueil"),
    "incoming": ("Where it is the value", "Où elle est la valeur"),
    "incoming_more": ("The first {} of {}.", "Les {} premiers sur {}."),
    "inferred": ("inferred", "déduit"),
    "inferred_alone": ("Inferred from it alone", "Déduit de lui seul"),
    "inferred_count": ("facts inferred", "faits déduits"),
    "issued": ("Date", "Date"),
    "languages": ("Languages", "Langues"),
    "list_of": ("the list", "la liste"),
    "more": (
        "{} are told here; the Turtle file has all {}.",
        "{} figurent ici ; le fichier Turtle les donne tous, {}.",
    ),
    "no": ("No.", "Non."),
    "no_page": ("nothing is stated of it", "rien n’en est dit"),
    "none": ("None.", "Aucun."),
    "only_source": ("one source", "une source"),
    "only_source_hint": (
        "It falls when one document goes.",
        "Il tombe quand un seul document est retiré.",
    ),
    "other_words": ("In public vocabularies", "Dans les vocabulaires publics"),
    "other_language": ("Lire en français", "Read in English"),
    "access": ("Access", "Accès"),
    "parameters": ("Parameters", "Paramètres"),
    "part": ("Part {} of {}", "Partie {} sur {}"),
    "hierarchy": (
        "Classes, each to the right of what it is a kind of",
        "Les classes, chacune à droite de celle dont elle est une sorte",
    ),
    "other_terms": ("Other terms", "Autres termes"),
    "properties": ("Properties", "Propriétés"),
    "picture": ("What it is linked to", "Ce à quoi elle est liée"),
    "publisher": ("Publisher", "Éditeur"),
    "question": ("Question", "Question"),
    "not_covered": ("its sources are not worked out", "ses sources ne sont pas établies"),
    "questions": ("Questions", "Questions"),
    "questions_lead": (
        "Each with its answer from this graph.",
        "Chacune avec sa réponse, tirée de ce graphe.",
    ),
    "read_in": ("Read in English", "Lire en français"),
    "rests_on": ("Any of these sets of sources suffices:", "Chacun de ces ensembles de sources suffit :"),
    "resolved_without": ("Resolved without any one of these", "Résolue sans l’un de ces ensembles"),
    "rests_truncated": ("There may be other sets.", "Il peut y avoir d’autres ensembles."),
    "row_rests_on": ("Rests on", "Repose sur"),
    "rule": ("by the rule", "par la règle"),
    "sets_count": ("{} sets of sources", "{} ensembles de sources"),
    "search": ("Search", "Rechercher"),
    "search_hint": ("a name, a document, a term", "un nom, un document, un terme"),
    "search_more": (
        "{} found, of which the first {} are shown: another word narrows them down.",
        "{} trouvés, dont les {} premiers sont montrés : un mot de plus restreint la liste.",
    ),
    "search_found": ("{} found", "{} trouvés"),
    "shared": ("States with others", "Affirme avec d’autres"),
    "single": ("one cited document", "un seul document cité"),
    "sideways": (
        "The picture is wider than the window: move it sideways.",
        "L’image est plus large que la fenêtre : faites-la glisser de côté.",
    ),
    "skip": ("Skip to the content", "Aller au contenu"),
    "sources_count": ("{} sources", "{} sources"),
    "sources_lead": (
        "What each document states, and what falls when it is withdrawn.",
        "Ce que chaque document affirme, et ce qui tombe quand on le retire.",
    ),
    "sparql": ("SPARQL", "SPARQL"),
    "states": ("States", "Affirme"),
    "term": ("Term", "Terme"),
    "terms": ("Terms", "Termes"),
    "rules": ("Rules that use it", "Règles qui l’emploient"),
    "shapes": ("Shapes that use it", "Formes qui l’emploient"),
    "term_page": (
        "its page, with all facts and their sources",
        "sa page, avec tous les faits et leurs sources",
    ),
    "terms_lead": (
        "The words of the graph: what each means, what is laid down of it, and where it is used.",
        "Les mots du graphe : ce que chacun veut dire, ce qui en est posé, et où il est employé.",
    ),
    "thing": ("Entity", "Entité"),
    "things": ("Entities", "Entités"),
    "tier": ("Tier", "Catégorie"),
    "tier_best": ("best: {}", "au mieux : {}"),
    "times": ("In order of time", "Dans l’ordre du temps"),
    "truncated": ("and maybe of others", "et peut-être d’autres"),
    "truncated_hint": ("There may be other sets.", "Il peut y avoir d’autres ensembles."),
    "unacknowledged": ("Not yet acknowledged", "Pas encore reconnue"),
    "trusted": ("curated", "établi par le projet"),
    "trusted_hint": (
        "The project’s own files say it; it rests on no document.",
        "Les fichiers du projet le disent ; cela ne repose sur aucun document.",
    ),
    "twins": ("This page as data", "Cette page en données"),
    "types": ("Kinds", "Types"),
    "untyped": ("Others", "Autres"),
    "uses": ("Where it is used", "Où il est employé"),
    "uses_of": ("Where “{}” is used", "Où « {} » est employé"),
    "used": (
        "Facts about things that use it: {} stated, {} inferred.",
        "Faits sur des choses qui l’emploient : {} affirmés, {} déduits.",
    ),
    "used_in": ("Questions that use it", "Questions qui l’emploient"),
    "value": ("Value", "Valeur"),
    "who_says": ("Who says so", "Qui le dit"),
    "why": ("why?", "pourquoi ?"),
    "why_of": ("why: {} {}", "pourquoi : {} {}"),
    "yes": ("Yes.", "Oui."),
}


def _spaced(text: str) -> str:
    """A text whose lines do not break before a mark, as French sets them, nor after the quote that opens."""
    return re.sub(" (?=[:;?!»])|(?<=«) ", "\u00a0", text)


WORDING: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        language: MappingProxyType({key: _spaced(texts[place]) for key, texts in _BOTH.items()})
        for place, language in enumerate(LANGUAGES)
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a page says in the site's own words."""

    language: str

    def __call__(self, key: str, *values: object) -> str:
        """The text of a key, with values in the place of its ``{}``."""
        return WORDING[self.language][key].format(*values)

    @property
    def colon(self) -> str:
        """A colon with what stands before it."""
        return "\u00a0:" if self.language == "fr" else ":"

    def number(self, number: int) -> str:
        """A number with its thousands set apart."""
        return f"{number:,}".replace(",", "\u202f" if self.language == "fr" else ",")


def alphabetical(text: str) -> str:
    """What a text is sorted by: its letters, whatever their case and accents.

    >>> sorted(["zone", "Étude", "eau"], key=alphabetical)
    ['eau', 'Étude', 'zone']
    """
    return "".join(each for each in normalize("NFD", text) if not combining(each)).casefold()


# Properties of public vocabularies that people meet on every page.
_PROPERTIES: Mapping[str, tuple[str, str]] = {
    str(DCTERMS.identifier): ("identifier", "identifiant"),
    str(DCTERMS.isPartOf): ("is part of", "fait partie de"),
    str(DCTERMS.issued): ("date of issue", "date de parution"),
    str(DCTERMS.language): ("language", "langue"),
    str(DCTERMS.publisher): ("publisher", "éditeur"),
    str(DCTERMS.source): ("source", "source"),
    str(FOAF.homepage): ("home page", "page d’accueil"),
    str(FOAF.isPrimaryTopicOf): ("page about it", "page à son sujet"),
    str(RDF.object): ("object of the claim", "objet de l’énoncé"),
    str(RDF.predicate): ("property of the claim", "propriété de l’énoncé"),
    str(RDF.subject): ("subject of the claim", "sujet de l’énoncé"),
    str(RDF.type): ("is a", "est de type"),
    str(RDFS.comment): ("comment", "commentaire"),
    str(RDFS.domain): ("is said of", "se dit de"),
    str(RDFS.label): ("name", "nom"),
    str(RDFS.range): ("has as value", "a pour valeur"),
    str(RDFS.seeAlso): ("see also", "voir aussi"),
    str(RDFS.subClassOf): ("is a kind of", "est une sorte de"),
    str(RDFS.subPropertyOf): ("implies", "implique"),
    str(SKOS.altLabel): ("other name", "autre nom"),
    str(SKOS.definition): ("definition", "définition"),
    str(SKOS.exactMatch): ("the same elsewhere", "la même ailleurs"),
    str(SKOS.example): ("example", "exemple"),
    str(SKOS.inScheme): ("in the scheme", "dans le schéma"),
    str(SKOS.note): ("note", "note"),
    str(SKOS.prefLabel): ("preferred name", "nom préféré"),
    str(SKOS.scopeNote): ("use", "emploi"),
}

COMMON: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        language: MappingProxyType({iri: texts[place] for iri, texts in _PROPERTIES.items()})
        for place, language in enumerate(LANGUAGES)
    }
)
