"""What the site says in its own words, in English and in French."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from rdflib import DCTERMS, FOAF, RDF, RDFS, SKOS

__all__ = ["COMMON", "LANGUAGES", "WORDING", "Words"]

LANGUAGES = ("en", "fr")

# Each with what it is in English and in French; {} takes a number or a name.
_BOTH: Mapping[str, tuple[str, str]] = {
    "all_facts": ("All facts", "Tous les faits"),
    "absence": ("for want of something", "faute d’autre chose"),
    "absence_hint": (
        "One more source might take this row away.",
        "Une source de plus pourrait retirer cette ligne.",
    ),
    "acknowledged": ("Known:", "Connu :"),
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
    "cannot_all": (
        "Cannot all be right: {} sets of sources",
        "Ne peuvent tous avoir raison : {} ensembles de sources",
    ),
    "carries": (
        "What only it carries: what it states alone, and what is inferred from it alone.",
        "Ce qu’il porte seul : ce qu’il affirme seul, et ce qui n’est déduit que de lui.",
    ),
    "cites": ("cites", "cite"),
    "cites_none": ("cites no document", "ne cite aucun document"),
    "claims": ("Claims", "Énoncés"),
    "claims_single": (
        "{} of {} cite exactly one document.",
        "{} sur {} citent exactement un document.",
    ),
    "command": ("Command", "Commande"),
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
    "resolved_without": ("Resolved without any of these:", "Résolue sans l’un de ces ensembles :"),
    "rests_truncated": ("There may be other sets.", "Il peut y avoir d’autres ensembles."),
    "row_rests_on": ("Rests on", "Repose sur"),
    "rule": ("by the rule", "par la règle"),
    "sets_count": ("{} sets of sources", "{} ensembles de sources"),
    "search": ("Search", "Rechercher"),
    "search_hint": ("a name, a document, a term", "un nom, un document, un terme"),
    "search_found": ("{} found", "{} trouvés"),
    "shared": ("States with others", "Affirme avec d’autres"),
    "single": ("one cited document", "un seul document cité"),
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
    "terms_lead": ("The words of the graph.", "Les mots du graphe."),
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
    "used": ("Used in {} statements about things.", "Employé dans {} affirmations sur des choses."),
    "used_in": ("Questions that use it", "Questions qui l’emploient"),
    "value": ("Value", "Valeur"),
    "who_says": ("Who says so", "Qui le dit"),
    "why": ("why?", "pourquoi ?"),
    "why_of": ("why: {} {}", "pourquoi : {} {}"),
    "yes": ("Yes.", "Oui."),
}

WORDING: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        language: MappingProxyType({key: texts[place] for key, texts in _BOTH.items()})
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

    def number(self, number: int) -> str:
        """A number with its thousands set apart."""
        return f"{number:,}".replace(",", "\u202f" if self.language == "fr" else ",")


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
