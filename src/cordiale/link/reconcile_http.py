"""The Reconciliation API 0.2 over HTTP: paths, parameters, sizes, errors."""

from collections.abc import Awaitable, Callable
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from cordiale.link.reconcile import Reconciler
from cordiale.link.reconcile_queries import MOST_RESULTS, extension, queries
from cordiale.model.errors import UsageError
from cordiale.model.problems import Problem

__all__ = ["application"]

_LARGEST = 1_000_000  # bytes of a request


def application(reconciler: Reconciler) -> Starlette:
    """The service, at the root of its host."""

    async def root(request: Request) -> Response:
        given = dict(request.query_params)
        if request.method == "POST":
            given |= _fields(await _body(request))
        if "queries" in given:
            return JSONResponse(reconciler.answer(queries(given["queries"])))
        if "extend" in given:
            return JSONResponse(reconciler.extend(*extension(given["extend"])))
        return JSONResponse(reconciler.manifest(str(request.base_url).rstrip("/")))

    async def suggest(request: Request) -> Response:
        prefix, limit = request.query_params.get("prefix", "")[:200], _limit(request)
        what = request.path_params["what"]
        if what == "entity":
            return JSONResponse(reconciler.suggest_entities(prefix, limit))
        if what == "type":
            return JSONResponse(reconciler.suggest_types(prefix, limit))
        return (
            JSONResponse(reconciler.suggest_properties(prefix, limit)) if what == "property" else _missing()
        )

    async def flyout(request: Request) -> Response:
        found = reconciler.flyout(request.path_params["what"], request.query_params.get("id", ""))
        return _missing() if found is None else JSONResponse(found)

    async def preview(request: Request) -> Response:
        page = reconciler.preview(request.query_params.get("id", ""))
        return _missing() if page is None else HTMLResponse(page)

    async def properties(request: Request) -> Response:
        return JSONResponse(reconciler.proposed_properties(request.query_params.get("type"), _limit(request)))

    return Starlette(
        routes=[
            Route("/", _told(root), methods=["GET", "POST"]),
            Route("/suggest/{what}", _told(suggest)),
            Route("/flyout/{what}", _told(flyout)),
            Route("/preview", _told(preview)),
            Route("/properties", _told(properties)),
        ],
        # OpenRefine and other pages ask from their own address (section 2).
        middleware=[Middleware(CORSMiddleware, allow_origins=["*"], allow_methods=["GET", "POST"])],
    )


def _told(answer: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    """What the answer does, with what was wrong in the request told as JSON."""

    async def told(request: Request) -> Response:
        try:
            return await answer(request)
        except UsageError as error:
            return _error(error.problems[0], 413 if error.problems[0].code == "C748" else 400)

    return told


async def _body(request: Request) -> str:
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > _LARGEST:
            raise UsageError(
                Problem(
                    code="C748",
                    message=f"the request is too large: more than {_LARGEST:,} bytes",
                    remedy="send fewer queries at once",
                )
            )
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(
            Problem(
                code="C747",
                message="the request cannot be read: it is not UTF-8",
                remedy="send a form in UTF-8",
            )
        ) from error


def _fields(body: str) -> dict[str, str]:
    try:
        return dict(parse_qsl(body, max_num_fields=20))
    except ValueError as error:
        raise UsageError(
            Problem(
                code="C748", message="the request is too large: it has many fields", remedy="send one form"
            )
        ) from error


def _limit(request: Request) -> int:
    given = request.query_params.get("limit", "10")
    return max(1, min(int(given), MOST_RESULTS)) if given.isdecimal() and len(given) < 6 else 10


def _missing() -> Response:
    return _error(
        Problem(code="C749", message="there is nothing of that id", remedy="ask / what there is"), 404
    )


def _error(problem: Problem, status: int) -> Response:
    content = {"code": problem.code, "message": problem.message, "remedy": problem.remedy}
    return JSONResponse({"error": content}, status_code=status)
