"""What DuckDB says when the machine fails or a person interrupts, in the words of this program."""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from cordiale.model.errors import MachineError
from cordiale.model.problems import Problem

__all__ = ["duckdb_faults"]


@contextmanager
def duckdb_faults() -> Iterator[None]:
    """Translate the faults of DuckDB.

    Raises:
        MachineError: C921, memory or disk do not suffice.
        KeyboardInterrupt: a person interrupted.
    """
    try:
        yield
    except (duckdb.OutOfMemoryException, duckdb.IOException) as fault:
        raise MachineError(
            Problem(
                code="C921",
                message=f"memory or disk do not suffice: {str(fault).splitlines()[0]}",
                remedy="free some of both, or reason on fewer files",
            )
        ) from fault
    except duckdb.InterruptException as fault:
        raise KeyboardInterrupt from fault
    except RuntimeError as fault:  # Ctrl-C comes as this, of no class of DuckDB's own
        if str(fault) != "Query interrupted":
            raise
        raise KeyboardInterrupt from fault
