"""What follows from the triples: OWL 2 RL closures, behind one small interface.

The package can be called: ``cordiale.closure(graph)`` is ``cordiale.closure.consequences.close(graph)``, and
``import cordiale.closure.engine`` stays what it looks like (docs/adr/0010-a-package-that-can-be-called.md).
"""

import sys
from types import ModuleType
from typing import Any

__all__: list[str] = []


class _Closure(ModuleType):
    """A module that is also the function it is named after."""

    def __call__(self, *given: Any, **options: Any) -> Any:
        """What follows from a graph, a store or files: see ``cordiale.closure.consequences.close``."""
        # Here, not above: importing one module of the package must not import all of them.
        from cordiale.closure.consequences import close

        return close(*given, **options)


sys.modules[__name__].__class__ = _Closure
