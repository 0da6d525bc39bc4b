"""As much of the Hugging Face Hub as pushing and loading a dataset needs, in memory."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from typing import Any

Answer = tuple[int, dict[str, str], Any]
_REPO = r"(?P<repo>[\w-]+/[\w-]+)"


def blob_id(content: bytes) -> str:
    return hashlib.sha1(b"blob %d\x00" % len(content) + content, usedforsecurity=False).hexdigest()


class Hub:
    """``commits`` maps commits to their files; ``fail`` counts down the uploads that succeed before one breaks."""

    def __init__(self) -> None:
        self.seen: list[Any] = []
        self.address = ""
        self.created: set[str] = set()
        self.commits: dict[str, dict[str, bytes]] = {}
        self.order: list[str] = []
        self.tags: dict[str, str] = {}
        self.objects: dict[str, bytes] = {}
        self.uploaded: list[str] = []
        self.fail: int | None = None
        self.refuse_tags = False

    def answer(self, method: str, path: str, query: dict[str, str], body: bytes, headers: Any) -> Answer:
        for pattern, function in (
            (r"POST /api/repos/create", self._create),
            (r"POST /api/validate-yaml", lambda **_: (200, {}, {"errors": [], "warnings": []})),
            (rf"GET /api/datasets/{_REPO}/refs", self._refs),
            (rf"GET /api/datasets/{_REPO}/tree/(?P<revision>[^/]+)(?P<below>/.*)?", self._tree),
            (rf"POST /api/datasets/{_REPO}/paths-info/(?P<revision>[^/]+)", self._paths),
            (rf"POST /api/datasets/{_REPO}/preupload/(?P<revision>[^/]+)", self._preupload),
            (rf"POST /api/datasets/{_REPO}/commit/(?P<revision>[^/]+)", self._commit),
            (rf"POST /api/datasets/{_REPO}/tag/(?P<revision>[^/]+)", self._tag),
            (rf"POST /datasets/{_REPO}.git/info/lfs/objects/batch", self._batch),
            (r"PUT /objects/(?P<oid>\w+)", self._object),
            (rf"GET /api/datasets/{_REPO}(/revision/(?P<revision>[^/]+))?", self._info),
            (rf"(GET|HEAD) /datasets/{_REPO}/resolve/(?P<revision>[^/]+)/(?P<file>.+)", self._resolve),
        ):
            match = re.fullmatch(pattern, f"{method} {path}")
            if match:
                return function(body=body, headers=headers, query=query, **match.groupdict())
        return 404, {"X-Error-Code": "EntryNotFound"}, {"error": f"{method} {path}"}

    def _create(self, *, body: bytes, **_: Any) -> Answer:
        name = json.loads(body)["name"]
        organization = json.loads(body).get("organization")
        repo = f"{organization}/{name}" if organization else name
        if repo in self.created:
            return 409, {}, {"error": "You already created this dataset repo", "url": f"{self.address}/datasets/{repo}"}
        self.created.add(repo)
        self._add({".gitattributes": b"*.parquet filter=lfs\n"})
        return 200, {}, {"url": f"{self.address}/datasets/{repo}"}

    def _add(self, files: dict[str, bytes]) -> str:
        commit = hashlib.sha1(f"{len(self.order)}".encode(), usedforsecurity=False).hexdigest()
        self.commits[commit] = files
        self.order.append(commit)
        return commit

    def _at(self, revision: str | None) -> str | None:
        found = self.order[-1] if revision in (None, "main") else self.tags.get(revision, revision)
        return found if found in self.commits else None

    def _missing(self, revision: str | None) -> Answer:
        return 404, {"X-Error-Code": "RevisionNotFound"}, {"error": f"no revision {revision}"}

    def _refs(self, **_: Any) -> Answer:
        tags = [{"name": name, "ref": f"refs/tags/{name}", "targetCommit": self.tags[name]} for name in self.tags]
        branches = [{"name": "main", "ref": "refs/heads/main", "targetCommit": self.order[-1]}]
        return 200, {}, {"tags": tags, "branches": branches, "converts": []}

    def _entry(self, path: str, content: bytes) -> dict[str, Any]:
        entry: dict[str, Any] = {"type": "file", "path": path, "size": len(content), "oid": blob_id(content)}
        if path.endswith(".parquet"):
            sha = hashlib.sha256(content).hexdigest()
            entry["lfs"] = {"oid": sha, "size": len(content), "pointerSize": 134}
        return entry

    def _tree(self, *, revision: str, below: str | None = None, **_: Any) -> Answer:
        commit = self._at(revision)
        if commit is None:
            return self._missing(revision)
        if below and below.strip("/"):
            return 404, {"X-Error-Code": "EntryNotFound"}, {"error": "no folders here"}
        return 200, {}, [self._entry(path, content) for path, content in sorted(self.commits[commit].items())]

    def _paths(self, *, revision: str, body: bytes, **_: Any) -> Answer:
        commit = self._at(revision)
        if commit is None:
            return self._missing(revision)
        try:
            wanted = json.loads(body)["paths"]
        except ValueError:
            from urllib.parse import parse_qs

            wanted = parse_qs(body.decode())["paths"]
        files = self.commits[commit]
        return 200, {}, [self._entry(path, files[path]) for path in wanted if path in files]

    def _preupload(self, *, body: bytes, **_: Any) -> Answer:
        files = self.commits[self.order[-1]]
        modes = [
            {
                "path": one["path"],
                "uploadMode": "lfs" if one["path"].endswith(".parquet") else "regular",
                "shouldIgnore": False,
                "oid": self._remote(one["path"], files),
            }
            for one in json.loads(body)["files"]
        ]
        return 200, {}, {"files": modes}

    def _remote(self, path: str, files: dict[str, bytes]) -> str | None:
        if path not in files:
            return None
        lfs = path.endswith(".parquet")
        return hashlib.sha256(files[path]).hexdigest() if lfs else blob_id(files[path])

    def _batch(self, *, body: bytes, **_: Any) -> Answer:
        objects = []
        for one in json.loads(body)["objects"]:
            entry = {"oid": one["oid"], "size": one["size"]}
            if one["oid"] not in self.objects:
                entry["actions"] = {"upload": {"href": f"{self.address}/objects/{one['oid']}"}}
            objects.append(entry)
        return 200, {"Content-Type": "application/vnd.git-lfs+json"}, {"transfer": "basic", "objects": objects}

    def _object(self, *, oid: str, body: bytes, **_: Any) -> Answer:
        if self.fail == 0:
            return 403, {}, {"error": "the line broke"}
        if self.fail is not None:
            self.fail -= 1
        assert hashlib.sha256(body).hexdigest() == oid
        self.objects[oid] = body
        self.uploaded.append(oid)
        return 200, {}, {}

    def _commit(self, *, body: bytes, **_: Any) -> Answer:
        files = dict(self.commits[self.order[-1]])
        for line in body.splitlines():
            entry = json.loads(line)
            value = entry["value"]
            if entry["key"] == "file":
                files[value["path"]] = base64.b64decode(value["content"])
            elif entry["key"] == "lfsFile":
                files[value["path"]] = self.objects[value["oid"]]
            elif entry["key"] == "deletedFile":
                files.pop(value["path"], None)
        commit = self._add(files)
        address = f"{self.address}/datasets/x/y/commit/{commit}"
        return 200, {}, {"commitUrl": address, "commitOid": commit, "success": True}

    def _tag(self, *, revision: str, body: bytes, **_: Any) -> Answer:
        if self.refuse_tags:
            return 403, {}, {"error": "not now"}
        name = json.loads(body)["tag"]
        if name in self.tags:
            return 409, {}, {"error": "Tag exists"}
        self.tags[name] = str(self._at(revision))
        return 200, {}, {}

    def _info(self, *, repo: str, revision: str | None = None, **_: Any) -> Answer:
        commit = self._at(revision) if repo in self.created else None
        if commit is None:
            return self._missing(revision)
        siblings = [{"rfilename": path} for path in sorted(self.commits[commit])]
        return 200, {}, {
            "id": repo, "sha": commit, "private": False, "siblings": siblings, "tags": [], "downloads": 0, "likes": 0,
            "gated": False, "disabled": False,
        }  # fmt: skip

    def _resolve(self, *, revision: str, file: str, headers: Any, **_: Any) -> Answer:
        commit = self._at(revision)
        if commit is None:
            return self._missing(revision)
        if file not in self.commits[commit]:
            return 404, {"X-Error-Code": "EntryNotFound", "X-Repo-Commit": commit}, {"error": f"no {file}"}
        content = self.commits[commit][file]
        told = {"X-Repo-Commit": commit, "ETag": f'"{hashlib.sha256(content).hexdigest()}"', "Accept-Ranges": "bytes"}
        wanted = re.fullmatch(r"bytes=(\d+)-(\d*)", headers.get("Range") or "")
        if wanted:
            first, last = int(wanted[1]), min(int(wanted[2] or len(content) - 1), len(content) - 1)
            told["Content-Range"] = f"bytes {first}-{last}/{len(content)}"
            return 206, told, content[first : last + 1]
        return 200, told, content
