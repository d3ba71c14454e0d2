"""The YAML behind ``#+`` at the top of a query, with the place of each of its parts."""

import re
from collections.abc import Iterator

import yaml

from cordiale.model.places import Place
from cordiale.model.problems import Problem
from cordiale.query.tokens import QueryText

__all__ = ["HeaderYaml"]

_LINE_END = re.compile(r"\r\n|\r|\n")


class HeaderYaml:
    """Reads nodes of the YAML and gathers what is wrong with them in ``problems``.

    All scalars are text as written, so that the date 2025-07-09 and the number 01 stay what they look like.
    """

    def __init__(self, query: QueryText) -> None:
        self.problems: list[Problem] = []
        self._path = query.path
        before = query.text[: query.tokens[0].start] if query.tokens else query.text
        numbered = enumerate(_LINE_END.split(before), 1)
        lines = {number: line for number, line in numbered if line.startswith("#+")}
        self._numbers = tuple(lines)
        self._indents = tuple(3 if line.startswith("#+ ") else 2 for line in lines.values())
        pairs = zip(lines.values(), self._indents, strict=True)
        self._text = "\n".join(line[indent:] for line, indent in pairs)

    def top(self) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
        """The keys of the header and their values; none of a header that is no YAML (C410)."""
        try:
            node = yaml.compose(self._text, Loader=yaml.SafeLoader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            position = (mark.line, mark.column) if mark else (0, 0)
            self._not_yaml(position, error.problem or str(error))
        except yaml.YAMLError as error:  # a character that YAML has not
            self._not_yaml((0, 0), str(error))
        else:
            yield from self.pairs(node) if node is not None else ()

    def pairs(self, node: yaml.Node) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
        """The keys and values of a mapping; C412 if it is none, or has a key twice."""
        if not isinstance(node, yaml.MappingNode):
            self.wrong(node, "C412", "this should be names with values", 'write "name: value"')
            return
        seen: set[str] = set()
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self.wrong(key, "C412", "this cannot be a name", "write a word")
            elif key.value in seen:
                self.wrong(key, "C412", f'"{key.value}" stands here twice', "keep one")
            else:
                seen.add(key.value)
                yield key, value

    def items(self, node: yaml.Node) -> Iterator[yaml.Node]:
        """The members of a list; C412 if it is none."""
        if isinstance(node, yaml.SequenceNode):
            yield from node.value
        else:
            self.wrong(node, "C412", "this should be a list", "write [one, another]")

    def text(self, node: yaml.Node) -> str:
        """The text of a scalar; C412 if there is none."""
        if isinstance(node, yaml.ScalarNode) and node.value.strip():
            return str(node.value).strip()
        remedy = "write it after the colon, in quotation marks if need be"
        self.wrong(node, "C412", "this should be a text", remedy)
        return ""

    def wrong(self, node: yaml.Node, code: str, message: str, remedy: str) -> None:
        """Note that something is wrong at a node."""
        self.problems.append(Problem(code=code, message=message, remedy=remedy, place=self.place(node)))

    def place(self, node: yaml.Node) -> Place:
        """Where the node starts in the file."""
        return self._place(node.start_mark.line, node.start_mark.column)

    def _not_yaml(self, position: tuple[int, int], reason: str) -> None:
        message = f"the header is not YAML: {reason}"
        remedy = 'put texts that hold ": " or " #" in quotation marks, and indent with spaces'
        place = self._place(*position)
        self.problems.append(Problem(code="C410", message=message, remedy=remedy, place=place))

    def _place(self, line: int, column: int) -> Place:
        line = min(line, len(self._numbers) - 1)  # U+2028 is a line break to YAML, and not to us
        return Place(path=self._path, line=self._numbers[line], column=column + self._indents[line] + 1)
