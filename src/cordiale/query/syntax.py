"""Whether a query may be asked: no network, no updates, and SPARQL by Oxigraph's parser."""

from collections.abc import Mapping
from contextlib import suppress

import pyoxigraph

from cordiale.model.errors import QuerySyntaxError
from cordiale.model.terms import Node
from cordiale.query.substitution import rewrite
from cordiale.query.tokens import QueryText, Token, query_error, read_tokens

__all__ = ["judge", "read_query", "run", "unanswered"]

_UPDATES = ("INSERT", "DELETE", "WITH", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD")


def read_query(text: str, *, path: str) -> QueryText:
    """The query, cut into tokens, once it is known to stay within the project's own graph.

    Oxigraph lets keywords run into names (``SERVICEex:e``), so any word or prefix that holds "service" is
    refused. ``FROM`` is refused because rdflib fetches what it names.

    Raises:
        QuerySyntaxError: C401, C406 (see ``read_tokens``), C403 (``SERVICE``), C404 (an update), C405
            (``FROM``).
    """
    query = read_tokens(text, path=path)
    opening = _first_keyword(query)
    if opening and opening.is_word(*_UPDATES):
        message = f"{opening.text.upper()} would change the graph"
        remedy = "begin with SELECT, ASK, CONSTRUCT or DESCRIBE; facts are changed in data/"
        raise query_error(query, opening.start, "C404", message, remedy)
    for token in query.tokens:
        if token.kind == "word" and "service" in token.text.lower():
            message = "SERVICE would ask a machine elsewhere"
            remedy = "put what it would answer into data/ as a source, and ask that"
            raise query_error(query, token.start, "C403", message, remedy)
        if token.kind == "name" and "service" in token.text.partition(":")[0].lower():
            message = f'the prefix of "{token.text}" may be read as SERVICE'
            raise query_error(query, token.start, "C403", message, "choose a prefix without that word")
        if token.is_word("FROM"):
            message = "FROM is not used here: every question sees all sources"
            remedy = "name a source with GRAPH <...> { ... }"
            raise query_error(query, token.start, "C405", message, remedy)
    return query


def run(
    store: pyoxigraph.Store, query: QueryText, bindings: Mapping[str, Node], prefixes: Mapping[str, str]
) -> pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples:
    """What Oxigraph answers to the query with its bindings; it need not declare the ``prefixes``.

    Raises:
        QuerySyntaxError: C401 (grammar), C402 (undeclared prefix), C435 (a term where it cannot stand).
        OSError, RuntimeError, ValueError: as Oxigraph does.
    """
    rewritten = rewrite(query, bindings)
    try:
        return store.query(rewritten.text, prefixes={**prefixes})
    except SyntaxError as error:
        for name, term in bindings.items():
            alone = rewrite(query, {name: term}).text
            if _is_sparql(rewrite(query, {}).text, prefixes) and not _is_sparql(alone, prefixes):
                message = f"?{name} cannot be {term.n3()} everywhere it stands"
                remedy = "predicates and graphs are IRIs"
                raise query_error(query, query.first_use(name), "C435", message, remedy) from error
        from cordiale.query.diagnosis import diagnose  # a second parser, for what is wrong alone

        raise diagnose(query, rewritten, error.msg, prefixes) from error


def judge(query: QueryText, bindings: Mapping[str, Node], prefixes: Mapping[str, str]) -> None:
    """Pass when the query with its bindings is SPARQL, as Oxigraph reads it.

    Raises:
        QuerySyntaxError: see ``run``.
    """
    with suppress(
        OSError, RuntimeError, ValueError
    ):  # an ASK is answered at once: that is no matter of syntax
        run(pyoxigraph.Store(), query, bindings, prefixes)


def unanswered(query: QueryText, reason: str) -> QuerySyntaxError:
    """The error C407: the query is SPARQL, but the engine cannot answer it, for its own ``reason``."""
    message = f"the engine cannot answer this: {reason}"
    return query_error(query, query.tokens[0].start, "C407", message, "ask for less, or ask the other engine")


def _first_keyword(query: QueryText) -> Token | None:
    """The word that says what kind of query this is: the first that is not part of the prologue."""
    words = (token for token in query.tokens if token.kind == "word")
    return next((word for word in words if not word.is_word("PREFIX", "BASE")), None)


def _is_sparql(text: str, prefixes: Mapping[str, str]) -> bool:
    try:
        pyoxigraph.Store().query(text, prefixes={**prefixes})
    except SyntaxError:
        return False
    except (OSError, RuntimeError, ValueError):
        return True
    return True
