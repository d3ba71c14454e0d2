"""The reconciliation service: the requests of the suite, the shapes of its schemas, bounded inputs."""

import json
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
import uvicorn
from jsonschema import Draft7Validator
from referencing import Registry, Resource

from cordiale.link.reconcile import Reconciler
from cordiale.link.reconcile_http import application
from tests.link.registers import small_register

Ask = Callable[..., httpx.Response]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A service for the small register, on a free port of this machine."""
    reconciler = Reconciler(
        small_register(), name="Small", space="https://ror.org/", schema="https://ror.org/"
    )
    config = uvicorn.Config(application(reconciler), host="127.0.0.1", port=0, log_level="error", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(timeout=30)
    assert not thread.is_alive()


@pytest.fixture
def ask(address: str) -> Iterator[Ask]:
    """Sends a request: a path, and the fields of a form when it is to be posted."""
    with httpx.Client(base_url=address, trust_env=False, timeout=60) as client:

        def send(path: str = "/", form: dict[str, str] | None = None) -> httpx.Response:
            return client.get(path) if form is None else client.post(path, data=form)

        yield send


@pytest.fixture(scope="session")
def accepts(shared: Path) -> Callable[[str, object], list[str]]:
    """What a schema of the suite finds wrong with an answer."""
    folder = shared / "suites/reconciliation/0.2/schemas"
    schemas = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.json")}
    # The definition of authentication lies elsewhere, and no answer of ours has any.
    for schema in schemas.values():
        schema.pop("$schema", None)
        schema.get("properties", {}).pop("authentication", None)
    registry: Registry[Any] = Registry().with_resources(
        (schema.get("$id", name), Resource.opaque(schema)) for name, schema in schemas.items()
    )

    def wrong(name: str, answer: object) -> list[str]:
        found = Draft7Validator(schemas[f"{name}.json"], registry=registry).iter_errors(answer)
        return [error.message for error in found]

    return wrong


Accepts = Callable[[str, object], list[str]]


def _examples(shared: Path, kind: str) -> dict[str, str]:
    folder = shared / "suites/reconciliation/0.2/examples" / kind
    found = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.json"))}
    assert found
    return found


def test_the_manifest_is_one(ask: Ask, accepts: Accepts) -> None:
    """The manifest tells 0.2, and the addresses that it gives are served."""
    answer = ask("/")
    assert accepts("manifest", answer.json()) == []
    assert answer.json()["versions"] == ["0.2"]
    manifest = answer.json()
    preview = manifest["preview"]["url"].replace("{{id}}", "000000112")
    assert "University of Northport" in ask(preview).text
    for service in manifest["suggest"].values():
        assert ask(service["service_url"] + service["service_path"] + "?prefix=u").status_code == 200
        flyout = service["flyout_service_url"] + service["flyout_service_path"].replace("${id}", "none")
        assert ask(flyout).status_code == 404
    proposals = manifest["extend"]["propose_properties"]
    assert ask(proposals["service_url"] + proposals["service_path"]).status_code == 200


def test_every_query_of_the_suite_is_answered(ask: Ask, accepts: Accepts, shared: Path) -> None:
    """By GET and by POST, each key has a result, in the shape of the schema."""
    examples = _examples(shared, "reconciliation-query-batch/valid")
    assert len(examples) >= 4
    for name, batch in examples.items():
        for answer in (ask("/", {"queries": batch}), ask("/?" + urlencode({"queries": batch}))):
            assert answer.status_code == 200, name
            assert accepts("reconciliation-result-batch", answer.json()) == []
            assert answer.json().keys() == json.loads(batch).keys()


def test_every_malformed_query_of_the_suite_is_refused(ask: Ask, shared: Path) -> None:
    """What the schema of queries rejects is refused with a reason."""
    for name, batch in _examples(shared, "reconciliation-query-batch/invalid").items():
        answer = ask("/", {"queries": batch})
        assert (answer.status_code, answer.json()["error"]["code"]) == (400, "C747"), name


def test_every_extension_of_the_suite_is_answered(ask: Ask, accepts: Accepts, shared: Path) -> None:
    """Unknown ids and properties have rows without values."""
    for batch in _examples(shared, "data-extension-query/valid").values():
        answer = ask("/", {"extend": batch})
        assert answer.status_code == 200
        assert accepts("data-extension-response", answer.json()) == []
        assert answer.json()["rows"].keys() == set(json.loads(batch)["ids"])


def test_candidates_come_with_score_and_type(ask: Ask, accepts: Accepts) -> None:
    """A name finds its record first; a country tells two of a name apart."""
    batch = {
        "q0": {"query": "University of Northport", "type": "education", "type_strict": "all", "limit": 3},
        "q1": {"query": "Institute of Tides", "properties": [{"pid": "country", "v": "FR"}]},
        "q2": {"query": "x", "properties": [{"pid": "P6782", "v": {"id": "https://ror.org/000000212"}}]},
        "q3": {"query": "Institute of Tides", "type": "education", "type_strict": "any"},
    }
    answer = ask("/", {"queries": json.dumps(batch)}).json()
    assert accepts("reconciliation-result-batch", answer) == []
    first = {key: value["result"][0]["id"] for key, value in answer.items() if value["result"]}
    assert first == {"q0": "000000112", "q1": "000000412", "q2": "000000212"}
    assert len(answer["q0"]["result"]) <= 3
    scores = [each["score"] for each in answer["q1"]["result"]]
    assert scores == sorted(scores, reverse=True)


def test_suggestions_have_their_shapes(ask: Ask, accepts: Accepts) -> None:
    """Entities, types and properties are found by what is typed; an error of typing is forgiven."""
    entities = ask("/suggest/entity?prefix=univ").json()
    assert accepts("suggest-entities-response", entities) == []
    assert {each["id"] for each in entities["result"]} == {"000000112", "000000212"}
    assert ask("/suggest/entity?prefix=Valmont%20University").json()["result"][0]["id"] == "000000212"
    types = ask("/suggest/type?prefix=edu").json()
    assert accepts("suggest-types-response", types) == []
    assert [each["id"] for each in types["result"]] == ["education"]
    properties = ask("/suggest/property?prefix=wiki").json()
    assert accepts("suggest-properties-response", properties) == []
    assert {each["id"] for each in properties["result"]} == {"wikidata", "wikipedia"}
    proposed = ask("/properties?type=education&limit=3").json()
    assert accepts("data-extension-property-proposal", proposed) == []
    assert len(proposed["properties"]) == 3
    assert ask("/flyout/entity?id=000000112").json()["id"] == "000000112"


def test_rows_are_extended_by_values(ask: Ask) -> None:
    """Texts, numbers and other records; a setting limits how many; an id may be an IRI."""
    asked = {
        "ids": ["000000312", "https://ror.org/000000112"],
        "properties": [{"id": "parent"}, {"id": "established"}, {"id": "name", "settings": {"limit": "1"}}],
    }
    rows = ask("/", {"extend": json.dumps(asked)}).json()["rows"]
    assert rows["000000312"] == {
        "parent": [{"id": "000000112", "name": "University of Northport"}],
        "established": [],
        "name": [{"str": "Institute of Tides"}],
    }
    assert rows["https://ror.org/000000112"]["established"] == [{"int": 1901}]


@pytest.mark.parametrize(
    ("form", "status", "code"),
    [
        ({"queries": "{"}, 400, "C747"),
        ({"queries": "[]"}, 400, "C747"),
        ({"queries": '{"q": 1}'}, 400, "C747"),
        ({"queries": '{"q": {"query": 1}}'}, 400, "C747"),
        ({"queries": '{"q": {"query": "a", "limit": "x"}}'}, 400, "C747"),
        ({"queries": '{"q": {"query": "a", "properties": [{"pid": "p", "v": null}]}}'}, 400, "C747"),
        ({"queries": "[" * 5000}, 400, "C747"),
        ({"queries": json.dumps({str(n): {"query": "a"} for n in range(101)})}, 413, "C748"),
        ({"queries": json.dumps({"q": {"query": "a" * 1001}})}, 413, "C748"),
        ({"queries": "x" * 1_000_001}, 413, "C748"),
        ({f"field{number}": "x" for number in range(30)}, 413, "C748"),
        ({"extend": '{"ids": [1], "properties": []}'}, 400, "C747"),
        ({"extend": json.dumps({"ids": ["a"] * 1001, "properties": []})}, 413, "C748"),
    ],
    ids=range(13),
)
def test_what_is_malformed_or_too_large_is_refused(
    ask: Ask, form: dict[str, str], status: int, code: str
) -> None:
    """With a code, a sentence and a remedy, and nothing of the program's inside; the service goes on."""
    answer = ask("/", form)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert "Traceback" not in answer.text
    assert ask("/").status_code == 200


def test_markup_in_names_is_escaped(ask: Ask) -> None:
    """What a request says never comes back as markup."""
    answer = ask("/preview?id=%3Cscript%3E")
    assert answer.status_code == 404
    assert "<script>" not in answer.text


def test_other_pages_may_ask(address: str) -> None:
    """OpenRefine asks from its own address: the answers allow it."""
    request = urllib.request.Request(f"{address}/", headers={"Origin": "http://127.0.0.1:3333"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        assert answer.headers["access-control-allow-origin"] == "*"
