"""Facts with their sources and proofs as HTML: what stands on pages tens of thousands of times.

The rest of a page is a template. These parts were macros; as functions they take a fifth of the time.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup, escape
from rdflib import URIRef

from cordiale.model.places import Place
from cordiale.model.terms import Triple
from cordiale.publish.site.terms_html import TermsHtml, visible
from cordiale.publish.site.views import Axiom, FactView, ProofView
from cordiale.publish.site.wording import WORDING, Words

__all__ = ["FactsHtml"]

_OUT = Markup('<a class="out" rel="noopener noreferrer" href="{}">{}</a>')
_IRI = re.compile(r"<([^<>\s]+)>")
_LONGEST_NAME = 120  # characters of a value in the name of what opens its proof


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsHtml:
    """Facts on one page: in its language, with its terms; ``sources`` is the namespace of the sources."""

    words: Words
    terms: TermsHtml
    sources: str
    _triples: dict[Triple, Markup] = field(default_factory=dict, repr=False)  # that were made before
    _sets: dict[tuple[tuple[str, ...], ...], Markup] = field(default_factory=dict, repr=False)

    def source(self, name: str) -> Markup:
        """A source by its name, as a link to its page."""
        return self.terms.term(URIRef(self.sources + name))

    def triple(self, triple: Triple) -> Markup:
        """A triple as a sentence."""
        known = self._triples.get(triple)
        if known is None:
            s, p, o = map(self.terms.term, triple)
            known = self._triples[triple] = Markup(f'{s} <span class="verb">{p}</span> {o}')
        return known

    def axiom(self, axiom: Axiom) -> Markup:
        """What is laid down of a term, as a sentence."""
        parts = (Markup(", ").join(map(self.terms.term, part)) for part in axiom.parts)
        return Markup(WORDING[self.words.language][axiom.key]).format(*parts)

    def message(self, message: str) -> Markup:
        """What a rule says, with each IRI that stands in angle brackets as a link."""
        texts = _IRI.split(message)  # in turn a text and an IRI
        made = (
            self.terms.term(URIRef(text)) if place % 2 else escape(visible(text))
            for place, text in enumerate(texts)
        )
        return Markup("").join(made)

    def places(self, places: Iterable[Place]) -> Markup:
        """Places in files, as links to their lines."""
        return Markup(", ").join(map(self._place, places))

    def sets(self, sets: Sequence[tuple[str, ...]]) -> Markup:
        """Sets of sources, one a line."""
        key = tuple(sets)
        known = self._sets.get(key)
        if known is None:
            lines = (Markup(" + ").join(map(self.source, each)) for each in key)
            known = Markup(f'<ul class="sets">{"".join(f"<li>{line}</li>" for line in lines)}</ul>')
            self._sets[key] = known
        return known

    def fact(self, fact: FactView) -> Markup:
        """A fact in the list of a property: its value, its badges, and why it holds."""
        words, terms = self.words, self.terms
        value = terms.name(fact.value)[:_LONGEST_NAME]
        label = escape(words("why_of", terms.name(fact.predicate), value))
        return Markup(
            f'<li class="fact" id="{fact.anchor}" data-property="{escape(fact.predicate)}"'
            f' data-value="{escape(terms.data(fact.value))}">\n'
            f'<span class="value">{terms.term(fact.value)}</span> {self._badges(fact)}\n'
            f'<details class="why"><summary aria-label="{label}">{escape(words("why"))}</summary>\n'
            f"{self._why(fact)}</details>\n</li>"
        )

    def _place(self, place: Place) -> Markup:
        line = place.line
        address = self.terms.link(f"file:{place.path}", f"L{line}" if line else "")
        if not address:
            return Markup(f"<code>{escape(visible(str(place)))}</code>")
        told = f"{visible(place.path)}:{line}" if line else visible(place.path)
        return Markup(f'<a class="place" href="{escape(address)}">{escape(told)}</a>')

    def _badges(self, fact: FactView) -> Markup:
        words, made = self.words, []
        if fact.disputed:
            made.append(self._badge("bad", words("disputed")))
        if fact.contested:
            made.append(self._badge("bad", words("contested"), words("contested_hint")))
        if fact.trusted:
            made.append(self._badge("", words("trusted"), words("trusted_hint")))
        elif len(fact.sources) == 1:
            made.append(self._badge("warn", words("only_source"), words("only_source_hint")))
        else:
            made.append(self._badge("", words("sources_count", len(fact.sources))))
            if fact.single:
                made.append(self._badge("warn", words("hinges"), words("only_source_hint")))
        if fact.best is not None:
            made.append(self._badge("quiet", words("tier_best", self.terms.name(fact.best))))
        if not fact.stated_by:
            made.append(self._badge("inferred", words("inferred")))
        return Markup(f'<span class="badges"> {" ".join(made)}</span>')

    @staticmethod
    def _badge(kind: str, text: str, hint: str = "") -> str:
        title = f' title="{escape(hint)}"' if hint else ""
        return f'<span class="badge{" " if kind else ""}{kind}"{title}>{escape(text)}</span>'

    def _why(self, fact: FactView) -> Markup:
        made = []
        if fact.stated_by:
            said = "".join(f"<li>{self.source(name)}</li>" for name in fact.stated_by)
            made.append(f'<ul class="said">{said}</ul>\n<p class="quiet">{self.places(fact.places)}</p>\n')
        elif fact.proof is not None:
            made.append(f'<ul class="proof">{self._proof(fact.proof)}</ul>\n')
        if not fact.stated_by or len(fact.supports) != len(fact.stated_by):
            made.append(self._support(fact))
        return Markup("").join(map(Markup, made))

    def _support(self, fact: FactView) -> str:
        words = self.words
        if fact.trusted:
            return f"<p>{escape(words('trusted_hint'))}</p>\n"
        more = f"<p>{escape(words('rests_truncated'))}</p>\n" if fact.truncated else ""
        return f"<p>{escape(words('rests_on'))}</p>\n{self.sets(fact.supports)}\n{more}"

    def _proof(self, node: ProofView) -> str:
        words = self.words
        if node.members is None:
            said: str = self.triple(node.triple)
        else:
            members = "".join(f" {self.terms.term(member)}" for member in node.members)
            said = f"{escape(words('list_of'))} ({members} )"
        if node.rule:
            rule = escape(visible(node.rule))
            if node.link:
                rule = Markup(
                    f'<a class="out" rel="noopener noreferrer" href="{escape(node.link)}">{rule}</a>'
                )
            told = f"{escape(words('again') if node.again else words('rule'))} {rule}"
        else:
            told = self.places(node.places)
        below = f"<ul>{''.join(map(self._proof, node.below))}</ul>" if node.below else ""
        return f'<li>{said}\n<span class="quiet told">— {told}</span>\n{below}</li>'
