"""Tasks for Label Studio, and the answers that it exports."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

VERDICTS = ("right", "wrong", "unclear")


def tasks(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """One task a quotation, with all its values to judge."""
    grouped: dict[str, dict[str, Any]] = {}
    for row in rows:
        place = f"(not printed: {row['start']} to {row['end']} of {row['url']})"
        words = place if row["quote"] is None else row["quote"]
        around = (row["context_before"] or "", f"»{words}«", row["context_after"] or "")
        data = grouped.setdefault(
            row["id"], {"id": row["id"], "text": " ".join(around).strip(), "published": row["published"] or "",
                        "url": row["url"] or "", "sample": row["sample"] or "", "values": {}},
        )  # fmt: skip
        data["values"][row["field"]] = row["old"]
        data[row["field"]] = "none" if row["old"] is None else str(row["old"])
    return [{"data": data} for data in grouped.values()]


def configuration(fields: Sequence[str]) -> str:
    """The labelling interface: the text, and for each field a verdict and a better value."""
    parts = ['<View>', '  <Text name="text" value="$text"/>', '  <Text name="published" value="printed: $published"/>']
    for field in fields:
        name = html.escape(field, quote=True)
        choices = "".join(f'<Choice value="{verdict}"/>' for verdict in VERDICTS)
        parts += [
            f'  <Header value="{name}: ${name}"/>',
            f'  <Choices name="{name}" toName="text" choice="single" showInline="true">{choices}</Choices>',
            f'  <TextArea name="{name}_new" toName="text" rows="1" maxSubmissions="1" placeholder="what is right"/>',
        ]
    return "\n".join([*parts, "</View>", ""])


def answers(exported: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Tasks as they come back from Label Studio (export as JSON), one judged value each."""
    for task in exported:
        data = task["data"]
        for annotation in task.get("annotations") or ():
            if annotation.get("was_cancelled"):
                continue
            found = {result["from_name"]: _value(result) for result in annotation["result"]}
            who, when = annotation.get("completed_by"), str(annotation.get("created_at") or "")[:10]
            for field, old in data["values"].items():
                if field in found:
                    yield {
                        "id": data["id"], "field": field, "old": old, "verdict": found[field],
                        "new": found.get(f"{field}_new"), "who": _name(who), "when": when, "why": None,
                        "sample": data.get("sample") or None,
                    }  # fmt: skip


def _value(result: Mapping[str, Any]) -> str | None:
    value = result["value"]
    listed = value.get("choices") or value.get("text") or [None]
    return listed if isinstance(listed, str) else listed[0]


def _name(who: Any) -> str:  # noqa: ANN401
    """The annotator: by address where the export tells it, else by number."""
    return str(who.get("email") or who.get("id")) if isinstance(who, Mapping) else str(who)
