"""Small projects, made for a test."""

from collections.abc import Mapping
from pathlib import Path

__all__ = ["HEAD", "SETTINGS", "SOURCES", "write_project"]

SOURCES = "https://example.org/source/"
SETTINGS = f"""\
[tool.cordiale]
terms = "https://example.org/ns#"
things = "https://example.org/id/"
sources = "{SOURCES}"
languages = ["en", "fr"]
catalogue = "sources"
trusted = ["sources"]
"""
HEAD = f"""\
@base <{SOURCES}> .
@prefix : <https://example.org/id/> .
@prefix cord: <https://w3id.org/cordiale/ns#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def write_project(root: Path, files: Mapping[str, str | bytes], *, settings: str = SETTINGS) -> Path:
    """A project in ``root`` with these files, by their paths."""
    for path, content in {"pyproject.toml": settings, **files}.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root
