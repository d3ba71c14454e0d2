"""Literals to the letter."""

import logging
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from rdflib import Literal, URIRef

__all__ = ["exact_literal", "quiet_literals"]


def exact_literal(text: str, datatype: URIRef | None, language: str | None) -> Literal:
    """A literal of exactly this text, whatever rdflib thinks of it."""
    literal = Literal(text, datatype=datatype, lang=language, normalize=False)
    if str(literal) != text:  # rdflib folds the white space of xsd:token and xsd:normalizedString even so
        literal = Literal(text, normalize=False)
        literal._datatype = datatype
    return literal


@contextmanager
def quiet_literals() -> Iterator[None]:
    """No word from rdflib, on this thread, of literals that do not fit their datatype: the shapes tell."""
    here = threading.get_ident()

    def elsewhere(record: logging.LogRecord) -> bool:
        return record.thread != here

    logger = logging.getLogger("rdflib.term")
    logger.addFilter(elsewhere)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            yield
    finally:
        logger.removeFilter(elsewhere)
