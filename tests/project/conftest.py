"""What the tests of this room share."""

from tests.cli.conftest import cordiale
from tests.small_project import built, built_once, small

__all__ = ["built", "built_once", "cordiale", "small"]
