"""The project's things, or a register, behind a reconciliation service."""

from typing import TYPE_CHECKING

from cordiale.link.reconcile import Reconciler
from cordiale.link.register import Register
from cordiale.link.register_file import register_of
from cordiale.model.errors import UsageError
from cordiale.model.problems import Problem
from cordiale.project.knowledge_graph import KnowledgeGraph
from cordiale.project.linking import things_of

if TYPE_CHECKING:
    from starlette.applications import Starlette

__all__ = ["reconcile_application", "reconciler_of"]

_SPACES = {"ror": "https://ror.org/", "wikidata": "http://www.wikidata.org/entity/"}


def reconciler_of(kg: KnowledgeGraph, register: Register | None) -> Reconciler:
    """What answers for a register, or for the project's own things."""
    if register is not None:
        space = _SPACES[register.name]
        return Reconciler(register, name=f"{register.name.upper()} by Cordiale", space=space, schema=space)
    things = register_of(things_of(kg), name="graph")
    return Reconciler(things, name="Cordiale", space=kg.settings.things, schema=kg.settings.terms)


def reconcile_application(kg: KnowledgeGraph, register: Register | None) -> "Starlette":
    """The service for a register, or for the project's own things.

    Raises:
        UsageError: C746, the server is not installed.
    """
    try:
        from cordiale.link.reconcile_http import application
    except ImportError as error:
        raise UsageError(
            Problem(
                code="C746", message="the server is not installed", remedy="pip install 'cordiale[serve]'"
            )
        ) from error
    return application(reconciler_of(kg, register))
