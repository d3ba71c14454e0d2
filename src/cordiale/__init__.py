"""A knowledge graph that shows its sources: for what it was told, and for what it worked out.

>>> import cordiale
>>> kg = cordiale.open(".")
>>> for partner, name, sources in kg.ask("partners").rows:
...     print(name)
HEC Paris
Institut Polytechnique de Paris
University of Cambridge
University of Oxford
Université Paris-Saclay
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import cordiale.closure as closure
    from cordiale.closure.consequences import close as reason
    from cordiale.model.errors import CordialeError
    from cordiale.project.knowledge_graph import KnowledgeGraph
    from cordiale.project.knowledge_graph import open_project as open  # the name to guess

__all__ = ["CordialeError", "KnowledgeGraph", "closure", "open", "reason"]

# Where each name is at home. It is fetched when it is asked for: a command that needs no reasoner must not
# wait for one, and every module of the package imports this one.
_HOMES = {
    "CordialeError": ("cordiale.model.errors", "CordialeError"),
    "KnowledgeGraph": ("cordiale.project.knowledge_graph", "KnowledgeGraph"),
    "open": ("cordiale.project.knowledge_graph", "open_project"),
    "reason": ("cordiale.closure.consequences", "close"),
}


def __getattr__(name: str) -> Any:
    if name == "closure":
        return import_module("cordiale.closure")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, original = _HOMES[name]
    return getattr(import_module(module), original)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
