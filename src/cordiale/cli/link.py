"""``cordiale link``: candidates in other registers, decisions on them, and a service for others' tables."""

import datetime
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rdflib import URIRef

from cordiale.cli.keys import one_key
from cordiale.cli.options import Output, Project, ReportFormat
from cordiale.cli.printing import messages, need_verb, problems_text, write_out
from cordiale.link.candidates import Candidate, Linker
from cordiale.link.decisions import Decision
from cordiale.link.endpoint import endpoint_of, post
from cordiale.link.identity import traps as find_traps
from cordiale.link.register import Register
from cordiale.link.review import Proposal, Review
from cordiale.model.errors import UsageError
from cordiale.model.problems import Problem, has_violation
from cordiale.project.knowledge_graph import KnowledgeGraph, open_project
from cordiale.project.linking import Proposed, linkable, proposals_of, record_decisions
from cordiale.project.linking import propose as find
from cordiale.project.reconciliation import reconcile_application
from cordiale.project.registers import register_at, register_named
from cordiale.read.text import decode, machine_error

__all__ = ["link", "propose", "review", "serve", "texts", "traps"]

link = typer.Typer(help="Link things to records of other registers.", rich_markup_mode=None)
link.callback(invoke_without_command=True)(need_verb)

Against = Annotated[
    str,
    typer.Option(metavar="REGISTER", help="ror:FILE or wikidata:FILE; the name alone is the file used last."),
]
AgainstAny = Annotated[
    str,
    typer.Option(
        metavar="REGISTER",
        help="ror:FILE, wikidata:FILE, or the address of a SPARQL endpoint with Wikidata's statements;"
        " the name alone is the file used last.",
    ),
]
Report = Annotated[ReportFormat, typer.Option("--format", help="How they are written.")]
_KEYS = {"y": "accepted", "n": "rejected", "?": "unsure", "s": "skipped"}


@link.command()
def propose(
    against: AgainstAny = "ror",
    thing: Annotated[str | None, typer.Option(metavar="THING", help="For this thing alone.")] = None,
    again: Annotated[bool, typer.Option("--again", help="Also for things that have a record there.")] = False,
    fmt: Report = ReportFormat.TEXT,
    output: Output = None,
    project: Project = Path(),
) -> None:
    """Propose records for the things that have none, with the evidence.

    A thing without a candidate is told too. Rejected pairs are never proposed again. An endpoint is sent the
    names and identifiers of the things, and finds equal ones.
    """
    kg = open_project(project)
    only = kg.names.expand(thing) if thing else None
    register = _register_for(against, kg, only=only, again=again)
    proposed = find(kg, register, only=only, again=again)
    if fmt is ReportFormat.JSON:
        content = [_thing_json(each) for each in proposed]
        write_out(json.dumps(content, ensure_ascii=False, indent=2) + "\n", output)
    else:
        write_out("".join(f"{line}\n" for each in proposed for line in _thing_lines(each)), output)
    missing = sum(not each.candidates for each in proposed)
    messages.print(f"{len(proposed)} things, {missing} without a record in {register.name}")


@link.command()
def texts(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A text a line, such as affiliations; - is stdin.")
    ],
    against: Against = "ror",
    fmt: Report = ReportFormat.TEXT,
    output: Output = None,
    project: Project = Path(),
) -> None:
    """Link texts, such as affiliations, to the records that they name.

    As text: a line a link, with the number of the text, the record, its probability and the evidence.
    """
    register = _register(against, open_project(project))
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise machine_error(file, error) from error
    lines = decode(data, path="stdin" if file == "-" else file).splitlines()
    found = Linker(register).mentions(lines)
    write_out("".join(_text_lines(lines, found, fmt)), output)


@link.command()
def review(
    against: AgainstAny = "ror",
    reviewer: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Who decides: a name, or the address of an ORCID record."),
    ] = None,
    project: Project = Path(),
) -> None:
    """Decide on candidates, one key each: y accept, n reject, ? unsure, s skip, u undo, q save and leave.

    Decisions are kept with reviewer, date and evidence; what cannot be right is refused.
    """
    kg = open_project(project)
    if not reviewer:
        raise UsageError(
            Problem(
                code="C745", message="nobody is named", remedy='say who decides: --reviewer "Ada Lovelace"'
            )
        )
    register = _register_for(against, kg)
    state = _reviewed(Review(proposals=proposals_of(kg, register, find(kg, register))))
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    problems = record_decisions(
        kg, register, (_decision(proposal, verdict, reviewer, today) for proposal, verdict in state.decided())
    )
    messages.print(f"{len(state.decided())} decisions", highlight=False)
    write_out(problems_text(problems))
    if has_violation(problems):
        raise typer.Exit(1)


@link.command()
def traps(
    against: Against = "ror",
    fmt: Report = ReportFormat.TEXT,
    output: Output = None,
    project: Project = Path(),
) -> None:
    """List where a register disagrees with itself on what is the same.

    Records with several items of Wikidata, items and names that several active records bear.
    """
    register = _register(against, open_project(project))
    found = find_traps(register.record(row) for row in range(len(register)))
    if fmt is ReportFormat.JSON:
        content = [{"kind": each.kind, "key": each.key, "among": each.among} for each in found]
        write_out(json.dumps(content, ensure_ascii=False, indent=2) + "\n", output)
        return
    write_out("".join(f"{each.kind}\t{each.key}\t{' '.join(each.among)}\n" for each in found), output)
    for kind in ("several-items", "shared-item", "shared-name"):
        messages.print(f"{kind}: {sum(each.kind == kind for each in found):,}", highlight=False)


@link.command()
def serve(
    against: Annotated[
        str,
        typer.Option(metavar="REGISTER", help="ror:FILE, wikidata:FILE, or graph: the project's own things."),
    ] = "graph",
    host: Annotated[str, typer.Option(metavar="HOST", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(metavar="PORT", help="The port to listen on.", min=0, max=65535)
    ] = 8000,
    project: Project = Path(),
) -> None:
    """Serve the Reconciliation API 0.2, for OpenRefine and the like.

    It listens on this machine alone unless told otherwise.
    """

    kg = open_project(project)
    application = reconcile_application(kg, None if against == "graph" else _register(against, kg))
    import uvicorn  # comes with what the application needs; the other verbs do without

    messages.print(f"http://{host}:{port}/ is the address for OpenRefine; Ctrl-C ends", highlight=False)
    uvicorn.run(application, host=host, port=port, log_level="warning")


def _register(against: str, kg: KnowledgeGraph) -> Register:
    return register_named(against, kg.root / "build" / "registers")


def _register_for(
    against: str, kg: KnowledgeGraph, *, only: URIRef | None = None, again: bool = False
) -> Register:
    """The register; of an endpoint, what it has for the things that are proposed for."""
    address = endpoint_of(against)
    if address is None:
        return _register(against, kg)
    things = [each for each in linkable(kg, "wikidata", again=again) if only in (None, URIRef(each.id))]
    return register_at(post(address), things, kg.settings.languages)


def _reviewed(state: Review) -> Review:
    """The review once it is left or done; each state is kept, so that undo goes back as far as one likes."""
    while (proposal := state.current) is not None:
        done, total = len(state.verdicts), len(state.proposals)
        messages.print(f"\n[{done + 1}/{total}] {proposal.label}", markup=False)
        for known in proposal.description:
            messages.print(f"    {known}", markup=False)
        for line in _candidate_lines(proposal.candidate):
            messages.print(line, markup=False)
        messages.print("y accept, n reject, ? unsure, s skip, u undo, q save and leave", markup=False)
        key = one_key()
        if key in ("q", ""):
            break
        if key == "u":
            state = state.undo()
        elif key in _KEYS:
            state = state.decide(_KEYS[key])
    return state


def _decision(proposal: Proposal, verdict: str, reviewer: str, today: str) -> Decision:
    candidate = proposal.candidate
    return Decision(
        thing=proposal.thing,
        label=proposal.label,
        record=candidate.id,
        record_label=candidate.label,
        verdict=verdict,
        reviewer=reviewer,
        date=today,
        probability=candidate.probability,
        evidence=candidate.evidence,
    )


def _thing_lines(proposed: Proposed) -> Iterator[str]:
    yield f"{proposed.thing.label}  <{proposed.thing.id}>"
    if not proposed.candidates:
        yield "  no record"
    for candidate in proposed.candidates:
        yield from _candidate_lines(candidate)


def _candidate_lines(candidate: Candidate) -> Iterator[str]:
    close = "  too close to call" if candidate.close else ""
    yield f"  {candidate.probability:.3f}  {candidate.label}  <{candidate.id}>{close}"
    yield from (f"        {said}" for said in candidate.evidence)


def _candidate_json(candidate: Candidate) -> dict[str, object]:
    return {
        "id": candidate.id,
        "label": candidate.label,
        "probability": candidate.probability,
        "accepted": candidate.accepted,
        "close": candidate.close,
        "evidence": candidate.evidence,
        "words": candidate.words,
    }


def _thing_json(proposed: Proposed) -> dict[str, object]:
    return {
        "thing": proposed.thing.id,
        "label": proposed.thing.label,
        "candidates": [_candidate_json(each) for each in proposed.candidates],
    }


def _text_lines(lines: list[str], found: Iterator[tuple[Candidate, ...]], fmt: ReportFormat) -> Iterator[str]:
    for number, (line, candidates) in enumerate(zip(lines, found, strict=True), start=1):
        if fmt is ReportFormat.JSON:
            content = {"text": line, "candidates": [_candidate_json(each) for each in candidates]}
            yield json.dumps(content, ensure_ascii=False) + "\n"
            continue
        for each in candidates:
            if each.accepted:
                said = "; ".join(each.evidence)
                yield f"{number}\t{each.id}\t{each.probability:.3f}\t{each.label}\t{said}\n"
