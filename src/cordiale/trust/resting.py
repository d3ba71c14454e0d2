"""Which sources go when others go: a document that only tells what others told first goes with them.

A source is out when it is withdrawn, or when it rests on others (``cord:restsOn``) and all of them are out.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from cordiale.model.sources import Source

__all__ = ["Resting", "resting"]


@dataclass(frozen=True, slots=True)
class Resting:
    """On which sources each rests, by name; those that rest on none are not in it."""

    on: dict[str, frozenset[str]]

    def out(self, withdrawn: Collection[str]) -> frozenset[str]:
        """What is out when these are withdrawn, themselves included."""
        gone = set(withdrawn)
        while more := {name for name, others in self.on.items() if name not in gone and others <= gone}:
            gone |= more
        return frozenset(gone)

    def roots(self, name: str) -> frozenset[str]:
        """A source, and all that it rests on, directly or not."""
        found = {name}
        agenda = [name]
        while agenda:
            for other in self.on.get(agenda.pop(), ()):
                if other not in found:
                    found.add(other)
                    agenda.append(other)
        return frozenset(found)

    def chain(self, name: str, withdrawn: Collection[str]) -> tuple[str, ...]:
        """How a source that is out came to be: it, what it rests on, and so on to what was withdrawn."""
        gone = self.out(withdrawn)
        steps = [name]
        while steps[-1] not in withdrawn:
            steps.append(min(other for other in self.on[steps[-1]] if other in gone))
        return tuple(steps)


def resting(sources: Iterable[Source]) -> Resting:
    """What each source rests on. Who rests on a folder rests on all of its files."""
    known = tuple(sources)
    names = {str(source.iri): source.name for source in known}
    on: dict[str, frozenset[str]] = {}
    for source in known:
        found: set[str] = set()
        for iri in source.rests_on:
            inside = {name for each, name in names.items() if each.startswith(f"{iri}/")}
            found |= inside or {names.get(str(iri), str(iri))}
        if found - {source.name}:
            on[source.name] = frozenset(found - {source.name})
    return Resting(on)
