"""What an import writes, put in its place at once: folders of data, the loss report and the catalogue.

All is written aside, in a hidden folder under ``data``, and moved when the last of it is there; whatever
fails before that leaves the project as it was.
"""

import re
import shutil
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from types import TracebackType

from cordiale.link.catalogue_entry import CATALOGUE_PREFIXES, Entry, entry_text
from cordiale.link.loss import Losses
from cordiale.model.errors import MachineError
from cordiale.model.places import Place
from cordiale.model.problems import Problem
from cordiale.model.settings import Settings
from cordiale.project.catalogue_text import is_based, need_prefixes, with_entries
from cordiale.publish.files import save
from cordiale.read.syntax import check_syntax
from cordiale.read.text import decode, machine_error

__all__ = ["ImportFolder", "ImportReport", "each_once"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import did: how many entities, records or rows it took, what it wrote, and what was lost."""

    taken: int
    files: int
    folder: str  # relative to the project, as the paths below
    report: str  # the file of all losses; empty where nothing was taken, and so nothing written
    losses: Losses


class ImportFolder:
    """A folder of ``data`` that is being imported into; leave it with ``commit``, or nothing has happened."""

    def __init__(self, root: Path, name: str, settings: Settings) -> None:
        self.root = root
        self.name = name
        self.settings = settings
        self.losses = Losses()
        self.files = 0
        self._entries: dict[str, str] = {}
        self._base = settings.sources + settings.catalogue
        self._catalogue = f"data/{settings.catalogue}.ttl"
        try:
            self._text = decode((root / self._catalogue).read_bytes(), path=self._catalogue)
        except OSError as error:
            raise machine_error(self._catalogue, error) from error
        need_prefixes(self._text, CATALOGUE_PREFIXES, path=self._catalogue, base=self._base)
        self._is_based = is_based(self._text, settings.sources)
        self._aside = root / "data" / f".import-{token_hex(4)}"

    def __enter__(self) -> "ImportFolder":
        with _writing(self._aside):
            (self._aside / "new").mkdir(parents=True)
            path = self._aside / "losses.tsv"
            self._report = path.open("w", encoding="utf-8", errors="replace", newline="")
        self._report.write(Losses.head())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._report.close()
        shutil.rmtree(self._aside, ignore_errors=True)

    def lose(self, problems: Iterable[Problem]) -> None:
        """Count losses, and write them to the report."""
        for problem in problems:
            self._report.write(self.losses.add(problem))

    def write(self, files: Mapping[str, bytes], entries: Iterable[Entry]) -> None:
        """Write files, by name of their source or path under ``data``, and keep entries for the catalogue."""
        for name, content in files.items():
            path = self._aside / "new" / (name if "." in Path(name).name else f"{name}.ttl")
            with _writing(path):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
        self.files += len(files)
        for entry in entries:
            self._entries[entry.name] = entry_text(entry, self.settings, is_based=self._is_based)

    def describe(self, name: str, text: str) -> None:
        """An entry of the catalogue about something else than a source, such as a publisher."""
        self._entries[name] = text

    def commit(
        self, *, taken: int, replaces: Callable[[str], bool], cited: str | None = None
    ) -> ImportReport:
        """Move all into the project; ``replaces`` tells which entries of the catalogue are out of date.

        Where no file was written nothing is moved, and the project is as it was.
        ``cited`` is the folder of documents that have an entry only because another rests on them.

        Raises:
            MachineError: C733 or C911, with the path and what the system said; nothing has changed.
        """
        if not self.files:
            return ImportReport(
                taken=taken, files=0, folder=f"data/{self.name}", report="", losses=self.losses
            )
        text = with_entries(self._text, self._entries, self.settings.sources, replaces=replaces)
        if cited is not None:
            rested = set(re.findall(rf"cord:restsOn <[^>]*?({re.escape(cited)}/[^>]+)>", text))
            text = with_entries(
                text,
                {},
                self.settings.sources,
                replaces=lambda name: name.startswith(f"{cited}/") and name not in rested,
            )
        check_syntax(text, path=self._catalogue, base=self._base)  # a person's catalogue is never left broken
        report = f"data/{self.name}/losses.tsv"
        self._report.close()
        moved: list[tuple[Path, Path | None]] = []
        try:
            with _writing(self.root / "data" / self.name):
                (self._aside / "new" / self.name).mkdir(exist_ok=True)
                for new in sorted(self._top()):
                    moved.append(self._move(new))
                moved.append(self._move(self._aside / "losses.tsv", self.root / report))
            save(self.root / self._catalogue, text.encode())
        except BaseException:
            for target, old in reversed(moved):
                _remove(target)
                if old is not None:
                    old.rename(target)
            raise
        return ImportReport(
            taken=taken, files=self.files, folder=f"data/{self.name}", report=report, losses=self.losses
        )

    def _top(self) -> Iterable[Path]:
        """What is replaced as a whole: the folders and files right in the folder of the import."""
        for folder in (self._aside / "new").iterdir():
            yield from folder.iterdir()

    def _move(self, new: Path, target: Path | None = None) -> tuple[Path, Path | None]:
        to = target or self.root / "data" / new.relative_to(self._aside / "new")
        to.parent.mkdir(parents=True, exist_ok=True)
        old = None
        if to.exists():
            old = self._aside / f"old-{token_hex(4)}"
            to.rename(old)
        new.rename(to)
        return to, old


def each_once(files: Iterable[Path]) -> tuple[Path, ...]:
    """The files, in order; one that is named twice stands once."""
    return tuple({path.resolve(): path for path in files}.values())


class _writing:
    """Turns what the machine says into a message."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, OSError):
            raise MachineError(
                Problem(
                    code="C733",
                    message=f"cannot be written: {error.strerror or error}",
                    remedy="free some space, or change the permissions of the folder, and import again",
                    place=Place(path=self._path.as_posix()),
                )
            ) from error


def _remove(path: Path) -> None:
    with suppress(OSError):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
