"""Push a version to Zenodo: a deposit with its files and metadata, published only when all of it is there.

A deposit is a draft until it is published, and only its owner sees it. A draft of the same manifest is taken up
again: files that arrived (by their MD5, which Zenodo tells) are not sent again.
"""

from __future__ import annotations

import hashlib
import json
import os
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import quote

from quotes.errors import ReleaseError
from quotes.push.whole import Tell, Version, whole, without_secret
from quotes.release.layout import ZENODO

TOKEN = "ZENODO_TOKEN"
ENDPOINT = "https://zenodo.org"
_DEPOSITS = "/api/deposit/depositions"
_WAIT = 60


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows nobody elsewhere, for the token would go along."""

    def redirect_request(self, *_: object) -> None:
        return None


_OPENER = urllib.request.build_opener(_Stay)


@dataclass(frozen=True, slots=True)
class _Service:
    """Zenodo's interface, spoken with a token that is never shown."""

    endpoint: str
    token: str

    def ask(self, method: str, address: str, *, data: object = None, file: Path | None = None) -> Any:  # noqa: ANN401
        """The JSON that comes back. Raises ReleaseError where something else does."""
        url = address if address.startswith("http") else f"{self.endpoint}{address}"
        if not url.startswith(f"{self.endpoint}/"):
            raise ReleaseError(f"{url} is not at {self.endpoint}: the token is not sent there")
        headers = {"Authorization": f"Bearer {self.token}", "Accept": "application/json"}
        try:
            if file is None:
                body = None if data is None else json.dumps(data).encode()
                return self._send(method, url, body, {**headers, "Content-Type": "application/json"})
            size = {"Content-Type": "application/octet-stream", "Content-Length": str(file.stat().st_size)}
            with file.open("rb") as content:
                return self._send(method, url, content, {**headers, **size})
        except urllib.error.HTTPError as error:
            told = without_secret(error.read(2000).decode("utf-8", "replace"), self.token)
            raise ReleaseError(f"{method} {url}: Zenodo says {error.code}, {told}") from None
        except (OSError, HTTPException, ValueError) as error:
            raise ReleaseError(f"{method} {url}: {without_secret(error, self.token)}. Run it again") from None

    def _send(self, method: str, url: str, body: Any, headers: Mapping[str, str]) -> Any:  # noqa: ANN401
        request = urllib.request.Request(url, data=body, headers=dict(headers), method=method)
        with _OPENER.open(request, timeout=_WAIT) as answer:
            content = answer.read()
        return json.loads(content) if content.strip() else None


def push_to_zenodo(
    folder: Path,
    *,
    tell: Tell,
    publish: bool = False,
    dry_run: bool = False,
    endpoint: str = ENDPOINT,
    concept: int | None = None,
) -> str:
    """Deposit the version in ``folder`` and give the address of the draft, or, with ``publish``, its DOI.

    ``concept`` is the number of the deposit of an earlier version, so that this one is filed under the same work.
    The token is that of the environment variable ZENODO_TOKEN. With ``dry_run`` every operation is told and none
    done, and the network is not touched. Raises ReleaseError where the folder is damaged, the version is published
    already, or Zenodo refuses; a draft stays a draft then.
    """
    version = whole(folder)
    metadata = json.loads((folder / ZENODO).read_text(encoding="utf-8"))
    if dry_run:
        _tell_all(version, metadata, concept, publish=publish, tell=tell)
        return ""
    token = os.environ.get(TOKEN)
    if not token:
        place = f"{endpoint}/account/settings/applications"
        raise ReleaseError(f"{TOKEN} is not set. Make a token at {place} and export it")
    service = _Service(endpoint.rstrip("/"), token)
    deposit = _deposit(service, version, concept, tell)
    _upload(service, version, deposit, tell)
    tell("put in the metadata of .zenodo.json")
    deposit = service.ask("PUT", f"{_DEPOSITS}/{deposit['id']}", data={"metadata": metadata})
    if not publish:
        return str(deposit["links"]["html"])
    _require_whole(service, version, deposit)
    tell("publish")
    done = service.ask("POST", f"{_DEPOSITS}/{deposit['id']}/actions/publish")
    return str(done["doi"])


def _tell_all(version: Version, metadata: Mapping[str, Any], concept: int | None, *, publish: bool, tell: Tell) -> None:
    tell("look for a deposit of this manifest: refuse where it is published, take it up where it is a draft")
    tell(f"make a new version of deposit {concept}" if concept else "make a deposit")
    for path in version.files:
        tell(f"upload {path.name} ({path.stat().st_size:,} bytes)")
    tell(f"put in the metadata: {metadata['title']}, version {metadata['version']}")
    tell("publish, when all files are there" if publish else "leave it as a draft (--publish publishes it)")


def _deposit(service: _Service, version: Version, concept: int | None, tell: Tell) -> Any:  # noqa: ANN401
    """The deposit of this version: the draft that was begun, or a new one."""
    for found in service.ask("GET", f"{_DEPOSITS}?q={quote(version.manifest_sha256)}&size=100"):
        if version.manifest_sha256 not in str(found.get("metadata", {}).get("notes")):
            continue
        if found.get("submitted"):
            raise ReleaseError(f"version {version.number} is published already: {found.get('doi')}")
        tell(f"take up the draft {found['id']}")
        return found
    if concept is None:
        tell("make a deposit")
        made = service.ask("POST", _DEPOSITS, data={})
    else:
        tell(f"make a new version of deposit {concept}")
        answer = service.ask("POST", f"{_DEPOSITS}/{concept}/actions/newversion")
        made = service.ask("GET", answer["links"]["latest_draft"])
    # The digest goes in at once, so that a run that breaks off finds its draft again.
    notes = {"title": f"Version {version.number}", "upload_type": "dataset", "notes": version.manifest_sha256}
    service.ask("PUT", f"{_DEPOSITS}/{made['id']}", data={"metadata": notes})
    return made


def _upload(service: _Service, version: Version, deposit: Mapping[str, Any], tell: Tell) -> None:
    there = {entry["filename"]: entry for entry in service.ask("GET", f"{_DEPOSITS}/{deposit['id']}/files")}
    names = {path.name for path in version.files}
    for name in sorted(there.keys() - names):
        tell(f"delete {name}, which is no file of this version")
        service.ask("DELETE", f"{_DEPOSITS}/{deposit['id']}/files/{there[name]['id']}")
    for path in version.files:
        if path.name in there and _bare(there[path.name]["checksum"]) == _md5(path):
            tell(f"{path.name} is there already")
            continue
        tell(f"upload {path.name} ({path.stat().st_size:,} bytes)")
        service.ask("PUT", f"{deposit['links']['bucket']}/{quote(path.name)}", file=path)


def _require_whole(service: _Service, version: Version, deposit: Mapping[str, Any]) -> None:
    found = service.ask("GET", f"{_DEPOSITS}/{deposit['id']}/files")
    there = {entry["filename"]: _bare(entry["checksum"]) for entry in found}
    if there != {path.name: _md5(path) for path in version.files}:
        what = f"the draft {deposit['id']} does not hold the files of {version.number}"
        raise ReleaseError(f"{what}; it is not published")


def _bare(checksum: str) -> str:
    return checksum.removeprefix("md5:")


def _md5(path: Path) -> str:
    return hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()
