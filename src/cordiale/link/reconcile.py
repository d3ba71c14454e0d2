"""A register behind the Reconciliation API 0.2 (https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/).

Plain values in, plain values out: what is asked and answered over HTTP is in `reconcile_http`.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape

from cordiale.link.candidates import Candidate, Linker
from cordiale.link.identifiers import domain_of, identifier
from cordiale.link.names import fold
from cordiale.link.reconcile_properties import PROPERTIES, values_of
from cordiale.link.reconcile_queries import Query
from cordiale.link.records import Name, Record
from cordiale.link.register import Register

__all__ = ["Reconciler"]

Json = dict[str, object]
_MATCH = 0.9  # probability from which a candidate is offered as the match


class Reconciler:
    """Answers for one register; ``space`` is the namespace of its ids."""

    def __init__(self, register: Register, *, name: str, space: str, schema: str) -> None:
        self._register = register
        self._linker = Linker(register)
        self._name = name
        self._space = space
        self._schema = schema
        rows = range(len(register))
        self._types = sorted({kind for row in rows for kind in register.record(row).types})
        self._sorted = sorted((fold(register.record(row).label), row) for row in rows)

    def manifest(self, address: str) -> Json:
        """What the service can do; ``address`` is its own, without a slash at the end (section 3)."""

        def suggest(what: str) -> Json:
            flyout = {"flyout_service_url": address, "flyout_service_path": f"/flyout/{what}?id=${{id}}"}
            return {"service_url": address, "service_path": f"/suggest/{what}", **flyout}

        return {
            "versions": ["0.2"],
            "name": self._name,
            "identifierSpace": self._space,
            "schemaSpace": self._schema,
            "view": {"url": self._space + "{{id}}"},
            "defaultTypes": [_type(kind) for kind in self._types[:20]],
            "preview": {"url": f"{address}/preview?id={{{{id}}}}", "width": 430, "height": 180},
            "suggest": {what: suggest(what) for what in ("entity", "property", "type")},
            "extend": {
                "propose_properties": {"service_url": address, "service_path": "/properties"},
                "property_settings": [
                    {
                        "name": "limit",
                        "label": "Limit",
                        "type": "number",
                        "default": 0,
                        "help_text": "How many values a row may have; 0 is all",
                    },
                ],
            },
        }

    def answer(self, queries: Mapping[str, Query]) -> Json:
        """The candidates of each query, by its key (section 4)."""
        return {key: {"result": self._result(query)} for key, query in queries.items()}

    def _result(self, query: Query) -> list[Json]:
        found = self._linker.same(_asked(query), least=0.0)
        rows = [(each, self._record(each.id)) for each in found]
        if query.types and query.type_strict == "all":
            rows = [pair for pair in rows if set(query.types) <= set(pair[1].types)]
        elif query.types and query.type_strict == "any":
            rows = [pair for pair in rows if set(query.types) & set(pair[1].types)]
        elif query.types:
            rows.sort(key=lambda pair: not set(query.types) & set(pair[1].types))
        return [self._candidate(each, record) for each, record in rows[: query.limit]]

    def _candidate(self, candidate: Candidate, record: Record) -> Json:
        return {
            **self._short(record),
            "type": [_type(kind) for kind in record.types],
            "score": round(100 * candidate.probability, 1),
            "match": candidate.probability >= _MATCH and not candidate.close,
            "features": [{"id": "probability", "value": candidate.probability}],
        }

    def suggest_entities(self, prefix: str, limit: int) -> Json:
        """Records of a name that begins so, else those whose name is near (section 6)."""
        wanted = fold(prefix)
        start = bisect_left(self._sorted, (wanted, -1))
        rows = [row for name, row in self._sorted[start : start + limit] if name.startswith(wanted)]
        if not rows:
            found = self._linker.same(Record(id="", names=(Name(text=prefix, kind="label"),)), least=0.0)
            rows = [self._register.row[each.id] for each in found[:limit]]
        return {"result": [self._suggested(self._register.record(row)) for row in rows]}

    def suggest_types(self, prefix: str, limit: int) -> Json:
        """Kinds of records whose name holds the text."""
        return {"result": [_type(kind) for kind in self._types if prefix.casefold() in kind][:limit]}

    def suggest_properties(self, prefix: str, limit: int) -> Json:
        """Properties whose id or name holds the text."""
        wanted = prefix.casefold()
        found = [key for key, name in PROPERTIES.items() if wanted in key or wanted in name.casefold()]
        return {"result": [{"id": key, "name": PROPERTIES[key]} for key in found[:limit]]}

    def proposed_properties(self, kind: str | None, limit: int) -> Json:
        """What rows may be extended by (section 8.2)."""
        properties = [{"id": key, "name": name} for key, name in list(PROPERTIES.items())[:limit]]
        return {"limit": limit, "properties": properties, **({"type": kind} if kind else {})}

    def extend(self, ids: Sequence[str], properties: Sequence[tuple[str, int]]) -> Json:
        """Values of records: ``properties`` are pairs of an id and the most values, 0 for all (8.4)."""
        rows: Json = {}
        for local in ids:
            record = self._found(local)
            cells: Json = {}
            for key, limit in properties:
                values = self._values(key, record) if record else []
                cells[key] = values[:limit] if limit else values
            rows[local] = cells
        return {
            "meta": [{"id": key, "name": PROPERTIES.get(key, key)} for key, _ in properties],
            "rows": rows,
        }

    def preview(self, local: str) -> str | None:
        """A small page on a record (section 7); None where there is none."""
        record = self._found(local)
        if record is None:
            return None
        lines = [f"<strong>{escape(record.label)}</strong>", escape(_described(record))]
        lines.append(escape(", ".join(name.text for name in record.names[1:8])))
        lines.append(escape(" · ".join(f"{scheme} {value}" for scheme, value in record.identifiers[:6])))
        body = "".join(f"<p>{line}</p>" for line in lines if line)
        head = f'<meta charset="utf-8"><title>{escape(record.label)}</title>'
        return f'<!DOCTYPE html><html lang="en">{head}{body}</html>'

    def flyout(self, what: str, local: str) -> Json | None:
        """A few words of HTML on an entity, a type or a property; None where there is none."""
        if what == "entity":
            record = self._found(local)
            text = f"{record.label}: {_described(record)}" if record else None
        else:
            text = PROPERTIES.get(local) if what == "property" else local if local in self._types else None
        return None if text is None else {"id": local, "html": f"<p>{escape(text)}</p>"}

    def _found(self, local: str) -> Record | None:
        row = self._register.row.get(self._space + local, self._register.row.get(local))
        return None if row is None else self._register.record(row)

    def _record(self, iri: str) -> Record:
        return self._register.record(self._register.row[iri])

    def _short(self, record: Record) -> Json:
        return {"id": self._local(record.id), "name": record.label, "description": _described(record)}

    def _suggested(self, record: Record) -> Json:
        return {**self._short(record), "notable": [_type(kind) for kind in record.types]}

    def _local(self, iri: str) -> str:
        return iri.removeprefix(self._space)

    def _values(self, key: str, record: Record) -> list[Json]:
        if key in ("parent", "successor"):
            ids = record.parents if key == "parent" else record.successors
            return [
                {"id": self._local(iri), "name": self._record(iri).label}
                if iri in self._register.row
                else {"str": iri}
                for iri in ids
            ]
        return values_of(record, key)


def _asked(query: Query) -> Record:
    """What is asked for, as a record: properties may say where it is, what it is, and what others call it."""
    asked = Record(id="", names=(Name(text=query.text, kind="label"),) if query.text else ())
    for key, values in query.properties:
        texts = tuple(values)
        if key == "country":
            asked = replace(asked, countries=tuple(text.upper() for text in texts if len(text) == 2))
        elif key == "city":
            asked = replace(asked, cities=texts)
        elif key in ("website", "domain"):
            asked = replace(asked, websites=tuple(text for text in texts if domain_of(text)))
        elif key in ("name", "alias", "acronym"):
            asked = replace(asked, names=(*asked.names, *(Name(text=text, kind="alias") for text in texts)))
        elif key == "established":
            asked = replace(asked, established=next((int(text) for text in texts if text.isdigit()), None))
        else:
            # Whatever the column is called: an identifier is told by its shape.
            known = [(found.scheme, text) for text in texts if (found := identifier(text))]
            asked = replace(asked, identifiers=(*asked.identifiers, *known))
    return replace(asked, types=query.types)


def _described(record: Record) -> str:
    where = ", ".join((*record.cities[:1], *record.countries))
    return "; ".join(
        filter(None, (record.description, ", ".join(record.types), where, _unless_active(record)))
    )


def _unless_active(record: Record) -> str:
    return "" if record.status == "active" else record.status


def _type(kind: str) -> Json:
    return {"id": kind, "name": kind}
