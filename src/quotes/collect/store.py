"""Where pages are kept: their bytes under a name made of the address, and a sidecar that answers for them."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from quotes.collect.fetch import Answer

SIDECAR = ".meta.json"
_KEPT = ("Content-Type", "ETag", "Last-Modified")
_ENDINGS = {"text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt"}


@dataclass(frozen=True, slots=True)
class Store:
    """A folder of pages. No part of an address becomes part of a path: names are digests."""

    folder: Path

    def known(self, url: str) -> dict[str, Any] | None:
        """The sidecar of a page that is kept, or None."""
        sidecar = self.folder / f"{_name(url)}{SIDECAR}"
        try:
            found = json.loads(sidecar.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return found if isinstance(found, dict) and (self.folder / str(found.get("file"))).is_file() else None

    def conditions(self, url: str) -> dict[str, str]:
        """Headers that ask for a page only where it is another than the one kept."""
        known = self.known(url) or {}
        pairs = (("If-None-Match", known.get("etag")), ("If-Modified-Since", known.get("last_modified")))
        return {name: value for name, value in pairs if isinstance(value, str)}

    def keep(self, url: str, answer: Answer, accessed: str, found_in: str) -> Path:
        """Keeps what was sent. A page that changed does not take the place of the older one: both are kept."""
        digest = sha256(answer.content).hexdigest()
        kind = (answer.headers.get("Content-Type") or "").partition(";")[0].strip().lower()
        path = self.folder / f"{_name(url)}-{digest[:12]}{_ENDINGS.get(kind, '.bin')}"
        self.folder.mkdir(parents=True, exist_ok=True)
        _write(path, answer.content)
        sidecar = {
            "url": url,
            "final_url": answer.url,
            "file": path.name,
            "sha256": digest,
            "bytes": len(answer.content),
            "accessed": accessed,
            "found_in": found_in,
            **{name.lower().replace("-", "_"): answer.headers.get(name) for name in _KEPT},
        }
        content = json.dumps(sidecar, ensure_ascii=False, indent=1) + "\n"
        _write(self.folder / f"{_name(url)}{SIDECAR}", content.encode())
        return path


def _name(url: str) -> str:
    return sha256(url.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def _write(path: Path, content: bytes) -> None:
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    part.write_bytes(content)
    part.replace(path)
