"""Push a version to the Hugging Face Hub: one commit that holds its files alone, and a tag that never moves.

The commit appears whole or not at all, and the tag after it. An upload that broke off is taken up where it
stopped: files that arrived are not sent again, and a commit without its tag gets it.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from quotes.errors import ReleaseError
from quotes.push.whole import Tell, Version, whole, without_secret

_ADVICE = "Look at the name of the repository and at your login (hf auth login, or HF_TOKEN), and run it again"


def push_to_hub(
    folder: Path,
    repository: str,
    *,
    tell: Tell,
    dry_run: bool = False,
    private: bool = False,
    endpoint: str | None = None,
) -> str:
    """Push the version in ``folder`` to the dataset ``repository`` (owner/name) and give the name of its tag.

    The token is that of the Hub's own login, or HF_TOKEN. With ``dry_run`` every operation is told and none done,
    and the network is not touched. Raises ReleaseError where the folder is damaged, the tag exists with other
    files, or the Hub refuses.
    """
    version = whole(folder)
    tag = f"v{version.number}"
    if dry_run:
        _tell_all(version, repository, tag, tell)
        return tag
    from huggingface_hub import HfApi
    from huggingface_hub.errors import HfHubHTTPError

    api = HfApi(endpoint=endpoint)
    try:
        return _push(api, version, repository, tag, tell=tell, private=private)
    except (HfHubHTTPError, OSError, ValueError, RuntimeError) as error:
        raise ReleaseError(f"{repository}: {without_secret(error, os.environ.get('HF_TOKEN'))}. {_ADVICE}") from None


def _tell_all(version: Version, repository: str, tag: str, tell: Tell) -> None:
    tell(f"create the dataset repository {repository}, where it is not there yet")
    tell(f"refuse, where it has a tag {tag} with other files")
    for path in version.files:
        tell(f"upload {path.name} ({path.stat().st_size:,} bytes)")
    tell(f"delete whatever other files {repository} holds, in the same commit")
    tell(f"commit as “Version {version.number}”")
    tell(f"tag the commit {tag}")


def _push(api: Any, version: Version, repository: str, tag: str, *, tell: Tell, private: bool) -> str:  # noqa: ANN401
    tell(f"create the dataset repository {repository}, where it is not there yet")
    api.create_repo(repository, repo_type="dataset", exist_ok=True, private=private)
    refs = api.list_repo_refs(repository, repo_type="dataset")
    if tag in {one.name for one in refs.tags}:
        if _holds(api, repository, tag, version):
            tell(f"{tag} is there already, with these files")
            return tag
        raise ReleaseError(f"{repository} has a tag {tag} with other files, and a published version never changes")
    tell(f"upload {len(version.files)} files as one commit, and delete whatever else is there")
    commit = api.upload_folder(
        repo_id=repository,
        repo_type="dataset",
        folder_path=version.folder,
        delete_patterns=["*"],
        commit_message=f"Version {version.number}",
        commit_description=f"SHA-256 of manifest.json: {version.manifest_sha256}",
    )
    if not _holds(api, repository, commit.oid, version):
        raise ReleaseError(f"{repository} at {commit.oid} does not hold the files of {version.number}; it gets no tag")
    tell(f"tag {commit.oid[:12]} {tag}")
    told = f"Version {version.number}"
    api.create_tag(repository, tag=tag, revision=commit.oid, repo_type="dataset", tag_message=told)
    return tag


def _holds(api: Any, repository: str, revision: str, version: Version) -> bool:  # noqa: ANN401
    """Whether a revision has exactly the files of the version: by SHA-256 where the Hub tells it, else by git's."""
    found = {
        entry.path: (entry.lfs.sha256 if entry.lfs else entry.blob_id)
        for entry in api.list_repo_tree(repository, revision=revision, repo_type="dataset", recursive=True)
        if hasattr(entry, "blob_id")
    }
    found.pop(".gitattributes", None)  # the Hub's own
    wanted = {path.name: path for path in version.files}
    return found.keys() == wanted.keys() and all(found[name] in _digests(path) for name, path in wanted.items())


def _digests(path: Path) -> tuple[str, str]:
    import hashlib

    content = path.read_bytes()
    blob = hashlib.sha1(b"blob %d\x00" % len(content) + content, usedforsecurity=False).hexdigest()
    return hashlib.sha256(content).hexdigest(), blob
