"""All checks of a project as one list of problems."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rdflib import Dataset, URIRef

from cordiale.checks.blame import Blame
from cordiale.checks.mapping_sets import check_mapping_sets
from cordiale.checks.order import in_order
from cordiale.checks.profile import check_profile
from cordiale.checks.shape_style import check_shape_style
from cordiale.checks.shapes import check_shapes
from cordiale.checks.silence import check_silence
from cordiale.checks.turtle_style import StyleFile, check_turtle_style
from cordiale.checks.unused import check_unused
from cordiale.checks.vocabulary_style import check_vocabulary_style
from cordiale.checks.waivers import Waived, waive
from cordiale.model.places import Place
from cordiale.model.problems import Problem, Severity
from cordiale.query.questions import Question
from cordiale.query.style import check_query_style
from cordiale.read.folder import ProjectFiles

__all__ = ["CheckReport", "check_project"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What a check found: the problems, the graver first, then by place; and those that are waived."""

    problems: tuple[Problem, ...]
    waived: tuple[Waived, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict, repr=False)  # the files as they were read, by path

    def only(self, *, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> "CheckReport":
        """What has one of the selected codes, all if none is, and none to ignore; C4 means all of C4xx."""
        chosen, left_out = tuple(select) or ("C",), tuple(ignore)

        def counts(problem: Problem) -> bool:
            return problem.code.startswith(chosen) and not (left_out and problem.code.startswith(left_out))

        return CheckReport(
            problems=tuple(filter(counts, self.problems)),
            waived=tuple(each for each in self.waived if counts(each.problem)),
            texts=self.texts,
        )


def check_project(
    files: ProjectFiles,
    questions: Iterable[Question],
    found: Iterable[Problem],
    *,
    data: Dataset,
    blame: Blame,
    house: Iterable[str] = (),
    faultless: Collection[str] = (),
) -> CheckReport:
    """What is wrong with a project's files and questions, and with ``data`` by the project's shapes.

    ``found`` are problems that are known already: of questions, of reasoning. ``house`` are codes of house
    rules that hold besides those of the settings. ``faultless`` are paths of files that were looked at, each
    by itself, and need not be again.
    """
    questions = tuple(questions)
    asked = {question.path: question.text for question in questions}
    texts = {**files.texts, **asked}
    results = tuple(_unless_told(check_shapes(data, files.shapes, blame), files.problems, "C2"))
    # Of what is waived it is told that it is, also where nothing else is wrong.
    looked_at = {path for path, text in files.texts.items() if path not in faultless or "waive" in text}
    house_rules = _house_rules(files, questions, blame, (*files.settings.house, *house), looked_at)
    problems = (
        *files.problems,
        *found,
        *results,
        *check_silence(files.shapes, data, blame),
        *check_mapping_sets({path: text for path, text in files.mapping_sets.items() if path in looked_at}),
        *check_unused(files.dataset, files.shapes, asked.values(), files.settings.terms, blame),
        *check_profile(files.dataset, blame),
        *_unless_told(house_rules, results, "C3"),
        *_edited(files.root, texts),
    )
    kept, waived = waive(problems, texts)
    report = CheckReport(problems=_graver_first(kept), waived=waived, texts=texts)
    return report.only(ignore=files.settings.ignore)


def _unless_told(found: Iterable[Problem], told: Iterable[Problem], code: str) -> Iterator[Problem]:
    """What is found where no problem of such a code is told already: catalogue, shapes and rules overlap."""
    places = {problem.place for problem in told if problem.code.startswith(code) and problem.place}
    yield from (problem for problem in found if problem.place not in places)


def _house_rules(
    files: ProjectFiles,
    questions: Sequence[Question],
    blame: Blame,
    codes: tuple[str, ...],
    looked_at: Collection[str],
) -> Iterator[Problem]:
    """What the house rules of these codes find; each file by itself only where it is ``looked_at``."""
    settings = files.settings

    def wanted(room: str) -> bool:
        return any(code.startswith(room) or room.startswith(code) for code in codes)

    found: list[Problem] = []
    if wanted("C32"):
        trusted_paths = {source.path for source in files.sources if source.trusted}
        for path, text in files.texts.items():
            if path.endswith(".ttl") and path in looked_at:
                is_shapes = path.startswith("shapes/")
                file = StyleFile(
                    path=path,
                    text=text,
                    is_ordered=is_shapes or path in trusted_paths,
                    may_have_blank_subjects=not path.startswith("data/"),
                )
                found += check_turtle_style(file, settings.languages)
    if wanted("C33"):
        trusted = [source.iri for source in files.sources if source.trusted]
        named = {term for triple in files.shapes for term in triple if isinstance(term, URIRef)}
        found += check_vocabulary_style(files.dataset, settings, trusted, named, blame)
    if wanted("C34"):
        found += check_shape_style(files.shapes, settings.languages, blame)
    if wanted("C46"):
        found += check_query_style(questions, settings.languages, files.prefixes)
    yield from (problem for problem in found if problem.code.startswith(codes))


def _graver_first(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    order = tuple(Severity)
    return tuple(sorted(in_order(problems), key=lambda problem: order.index(problem.severity)))


def _edited(root: Path, texts: Mapping[str, str]) -> Iterator[Problem]:
    """A problem for each file that is no longer as it was read."""
    for path, text in texts.items():
        try:
            same = (root / path).read_bytes() == text.encode()
        except OSError:
            same = False
        if not same:
            yield Problem(
                code="C315",
                message="the file was changed while it was checked",
                remedy="check again: the places in it may be those of the file as it was",
                severity=Severity.WARNING,
                place=Place(path=path),
            )
