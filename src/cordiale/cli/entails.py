"""``cordiale entails``: whether one graph follows from another."""

import sys
from typing import Annotated

import typer
from rdflib import URIRef

from cordiale.cli.options import Reasoner, ReasonerOption
from cordiale.cli.printing import messages, write_out
from cordiale.closure.consequences import Consequences
from cordiale.closure.entailments.entailment import Entailment
from cordiale.model.terms import Triple
from cordiale.project.reasoning import documents_of, reason

__all__ = ["entails"]


def entails(
    premises: Annotated[str, typer.Argument(metavar="PREMISES", help="An RDF file; - is stdin.")],
    conclusion: Annotated[str, typer.Argument(metavar="CONCLUSION", help="An RDF file.")],
    engine: ReasonerOption = Reasoner.DUCKDB,
) -> None:
    """Say whether CONCLUSION follows from PREMISES, and how.

    What the rules do not reach is tried by assuming the opposite. "Not shown" is no denial: the method is not
    complete. Inconsistent premises entail everything; they are named, and only what the rules reach counts.
    """
    given, wanted = (_read(name, engine) for name in (premises, conclusion))
    answer = given.entails(tuple(wanted.stated()))
    for clash in answer.clashes:
        messages.print(
            f"the premises clash: {clash.message} (rule {clash.rule})", markup=False, soft_wrap=True
        )
    write_out("\n".join(_told(answer)) + "\n")


def _read(name: str, engine: Reasoner) -> Consequences:
    return reason(documents_of([name], sys.stdin.buffer), engine=engine.value, progress=lambda _: None)


def _told(answer: Entailment) -> list[str]:
    limited = " (the limit of work was reached)" if answer.is_limited else ""
    lines = ["entailed" if answer.is_entailed else f"not shown{limited}"]
    for reason_ in answer.reasons:
        rule = f", rule {reason_.rule}" if reason_.rule else ""
        lines.append(f"  {_text(reason_.triple)}  [{reason_.how}{rule}]")
        lines += [f"    assuming {_text(triple)}" for triple in reason_.assumed]
        lines += [f"    clash: {clash.message} (rule {clash.rule})" for clash in reason_.clashes]
    return lines + [f"  missing: {_text(triple)}" for triple in answer.missing]


def _text(triple: Triple) -> str:
    return " ".join(term.n3() if not isinstance(term, URIRef) else f"<{term}>" for term in triple)
