"""As much of Zenodo as a deposit needs, in memory."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

Answer = tuple[int, dict[str, str], Any]
_DEPOSITS = "/api/deposit/depositions"


class Zenodo:
    """``deposits`` by number; ``fail`` counts down the uploads that succeed before one breaks."""

    def __init__(self, token: str) -> None:
        self.seen: list[Any] = []
        self.address = ""
        self.token = token
        self.deposits: dict[int, dict[str, Any]] = {}
        self.files: dict[int, dict[str, bytes]] = {}
        self.fail: int | None = None
        self.uploads: list[str] = []

    def answer(self, method: str, path: str, query: dict[str, str], body: bytes, headers: Any) -> Answer:
        if headers.get("Authorization") != f"Bearer {self.token}":
            return 401, {}, {"message": f"not {headers.get('Authorization')}"}
        for pattern, function in (
            (rf"GET {_DEPOSITS}", self._search),
            (rf"POST {_DEPOSITS}", self._make),
            (rf"(GET|PUT) {_DEPOSITS}/(?P<number>\d+)", self._one),
            (rf"GET {_DEPOSITS}/(?P<number>\d+)/files", self._listed),
            (rf"DELETE {_DEPOSITS}/(?P<number>\d+)/files/(?P<name>.+)", self._delete),
            (rf"POST {_DEPOSITS}/(?P<number>\d+)/actions/publish", self._publish),
            (rf"POST {_DEPOSITS}/(?P<number>\d+)/actions/newversion", self._again),
            (r"PUT /api/files/(?P<number>\d+)/(?P<name>.+)", self._upload),
        ):
            match = re.fullmatch(pattern, f"{method} {path}")
            if match:
                groups = match.groupdict()
                number = int(groups.pop("number", 0) or 0)
                return function(method=method, number=number, query=query, body=body, **groups)
        return 404, {}, {"message": f"{method} {path}"}

    def _search(self, *, query: dict[str, str], **_: Any) -> Answer:
        found = [one for one in self.deposits.values() if query["q"] in json.dumps(one["metadata"])]
        return 200, {}, found

    def _make(self, **_: Any) -> Answer:
        number = len(self.deposits) + 1
        links = {"bucket": f"{self.address}/api/files/{number}", "html": f"{self.address}/deposit/{number}",
                 "latest_draft": f"{self.address}{_DEPOSITS}/{number}"}  # fmt: skip
        self.deposits[number] = {"id": number, "metadata": {}, "submitted": False, "links": links}
        self.files[number] = {}
        return 201, {}, self.deposits[number]

    def _again(self, *, number: int, **_: Any) -> Answer:
        made = self._make()[2]
        self.files[made["id"]] = dict(self.files[number])
        return 201, {}, {**self.deposits[number], "links": made["links"]}

    def _one(self, *, method: str, number: int, body: bytes, **_: Any) -> Answer:
        if method == "PUT":
            self.deposits[number]["metadata"] = json.loads(body)["metadata"]
        return 200, {}, self.deposits[number]

    def _listed(self, *, number: int, **_: Any) -> Answer:
        return 200, {}, [
            {"id": name, "filename": name, "checksum": hashlib.md5(content, usedforsecurity=False).hexdigest()}
            for name, content in self.files[number].items()
        ]  # fmt: skip

    def _delete(self, *, number: int, name: str, **_: Any) -> Answer:
        del self.files[number][name]
        return 204, {}, b""

    def _upload(self, *, number: int, name: str, body: bytes, **_: Any) -> Answer:
        if self.fail == 0:
            return 500, {}, {"message": f"broken, and no {self.token}"}
        if self.fail is not None:
            self.fail -= 1
        self.files[number][name] = body
        self.uploads.append(name)
        return 201, {}, {"key": name}

    def _publish(self, *, number: int, **_: Any) -> Answer:
        self.deposits[number] |= {"submitted": True, "doi": f"10.5072/zenodo.{number}"}
        return 202, {}, self.deposits[number]
