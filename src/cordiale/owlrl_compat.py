"""For those who come from owlrl: the same call, done by this program.

Put ``from cordiale.owlrl_compat import DeductiveClosure`` where ``from owlrl import DeductiveClosure`` stood.
"""

import owlrl
from rdflib import RDF, BNode, Graph, Literal, Namespace

from cordiale.closure.consequences import close
from cordiale.closure.rulebook.rule_parser import read_rule_set
from cordiale.closure.rulebook.rules import Rule
from cordiale.model.errors import UsageError
from cordiale.model.problems import Problem

__all__ = ["DeductiveClosure"]

_ERRORS = Namespace("http://www.daml.org/2002/03/agents/agent-ont#")  # where owlrl tells of clashes

# What RDF Schema shares with OWL 2 RL: entailment patterns rdfs2, 3, 5, 7, 9 and 11 under their names there.
_SHARED = frozenset({"prp-dom", "prp-rng", "scm-spo", "prp-spo1", "cax-sco", "scm-sco"})


class DeductiveClosure:
    """What ``owlrl.DeductiveClosure`` is: made with a class of owlrl's, it expands graphs in place.

    It differs in what it leaves out because it says nothing, such as ``x owl:sameAs x`` and triples with a
    literal as subject, and in the faults that it does not have. Clashes are nodes of type
    ``http://www.daml.org/2002/03/agents/agent-ont#ErrorMessage``, as in owlrl. ``improved_datatypes`` is
    taken and of no account: literals always compare by value.

    Raises:
        UsageError: C632, this program cannot do what is asked: OWLRL_Extension, classes of one's own,
            datatype axioms.
    """

    def __init__(
        self,
        closure_class: type | None,
        improved_datatypes: bool = True,
        rdfs_closure: bool = False,
        axiomatic_triples: bool = False,
        datatype_axioms: bool = False,
    ) -> None:
        if datatype_axioms:
            raise _unable("datatype axioms are not added")
        self.closure_class = closure_class
        self.improved_datatypes = improved_datatypes
        self.rdfs_closure = rdfs_closure
        self.axiomatic_triples = axiomatic_triples
        self.datatype_axioms = datatype_axioms
        self._rules = _rules(closure_class, rdfs_closure)
        if axiomatic_triples:
            self._rules += read_rule_set("axiomatic")

    def expand(self, graph: Graph, destination: Graph | None = None) -> None:
        """Add what follows from ``graph`` to it, or to ``destination``.

        Raises:
            SourceError: an axiom cannot be worked with, or a rule makes too much.
        """
        if self.closure_class is None:
            return
        found = close(graph, rules=self._rules)
        into = graph if destination is None else destination
        for triple in list(found):
            into.add(triple)
        for clash in found.clashes:
            node = BNode()
            into.add((node, RDF.type, _ERRORS.ErrorMessage))
            into.add((node, _ERRORS.error, Literal(f"{clash.message} (rule {clash.rule})")))


def _rules(closure_class: type | None, rdfs_closure: bool) -> tuple[Rule, ...]:
    known: dict[type | None, tuple[bool, bool]] = {  # whether OWL 2 RL is followed, and RDF Schema
        None: (False, False),
        owlrl.OWLRL_Semantics: (True, rdfs_closure),
        owlrl.RDFS_Semantics: (False, True),
        owlrl.RDFS_OWLRL_Semantics: (True, True),
    }
    if closure_class not in known:
        raise _unable(f"{getattr(closure_class, '__name__', closure_class)} has rules of its own")
    owl, rdfs = known[closure_class]
    rules = [rule for rule in read_rule_set("owl2rl") if owl or (rdfs and rule.name in _SHARED)]
    return (*rules, *(read_rule_set("rdfs") if rdfs else ()))


def _unable(message: str) -> UsageError:
    return UsageError(
        Problem(
            code="C632",
            message=message,
            remedy="use OWLRL_Semantics, RDFS_Semantics or RDFS_OWLRL_Semantics, or owlrl itself",
        )
    )
