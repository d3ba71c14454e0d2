"""What answers a query, and who can."""

from collections.abc import Mapping
from typing import Protocol

from cordiale.model.terms import Node
from cordiale.query.answers import Answer
from cordiale.query.oxigraph import OxigraphEngine
from cordiale.query.rdflib_engine import RdflibEngine

__all__ = ["OxigraphEngine", "QueryEngine", "RdflibEngine"]


class QueryEngine(Protocol):
    """Answers SPARQL 1.1 queries over one dataset, and never reaches outside it.

    The default graph is the set of all triples of the dataset, each once however many graphs have it; each
    named graph can be asked with ``GRAPH``. ``SERVICE``, ``FROM`` and updates are refused.
    """

    name: str  # on the command line

    def ask(
        self, text: str, bindings: Mapping[str, Node] = ..., *, path: str = ..., most: int | None = ...
    ) -> Answer:
        """The answer to the query ``text``, where each variable of ``bindings`` stands for its term.

        ``path`` names the query in messages; ``most`` is how many rows or triples the answer may have.

        Raises:
            QuerySyntaxError: C401 to C406 (see ``read_query`` and ``judge``), C407 (the engine cannot
                answer), C436 to C439 (see ``check_names``).
            UsageError: C594, there are more than ``most``; C434, C435 (see ``check_bindings``).
        """
