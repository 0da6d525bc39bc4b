"""Signatures of a version: ``SHA256SUMS.sig`` beside the list of digests, made and checked by ``ssh-keygen -Y``."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from quotes.errors import ReleaseError
from quotes.release.findings import Finding
from quotes.release.layout import SIGNATURE, SUMS

NAMESPACE = "quotes-release"
_PROGRAM = "ssh-keygen"


def sign(folder: Path, key: Path) -> Path:
    """Sign the list of digests of a version with an SSH key, private or, with an agent, public.

    Raises ReleaseError where the version is signed already, or ssh-keygen is missing or refuses.
    """
    signature = folder / SIGNATURE
    if signature.exists():
        raise ReleaseError(f"{signature} is there already, and a published version never changes")
    if not (folder / SUMS).is_file():
        raise ReleaseError(f"{folder / SUMS} is missing. Name the folder of a version")
    done = _run("sign", "-f", str(key), "-n", NAMESPACE, stdin=(folder / SUMS).read_bytes())
    if done.returncode:
        raise ReleaseError(f"{_PROGRAM} does not sign: {_told(done)}. Look at the key {key}")
    signature.write_bytes(done.stdout)
    return signature


def check(folder: Path, signers: Path | None) -> Iterator[Finding]:
    """Whether the signature fits the list of digests, and, where ``signers`` is given, is one of theirs.

    ``signers`` is a file as ssh-keygen reads it: a name and a public key a line. A version need not be signed,
    unless signers are asked for.
    """
    signature = folder / SIGNATURE
    if not signature.is_file():
        if signers is not None:
            yield Finding("fault", SIGNATURE, "the version is not signed, and signers were asked for")
        return
    if shutil.which(_PROGRAM) is None:
        yield Finding("note", SIGNATURE, f"the signature was not checked: {_PROGRAM} is not on this machine")
        return
    sums = (folder / SUMS).read_bytes() if (folder / SUMS).is_file() else b""
    done = _run("check-novalidate", "-n", NAMESPACE, "-s", str(signature), stdin=sums)
    if done.returncode:
        yield Finding("fault", SIGNATURE, f"the signature does not fit {SUMS}: {_told(done)}")
    elif signers is not None:
        yield from _check_signer(signature, signers, sums)


def _check_signer(signature: Path, signers: Path, sums: bytes) -> Iterator[Finding]:
    found = _run("find-principals", "-s", str(signature), "-f", str(signers))
    names = found.stdout.decode("utf-8", "replace").split()
    if found.returncode or not names:
        yield Finding("fault", SIGNATURE, f"it is signed by a key that {signers} does not hold")
        return
    done = _run("verify", "-n", NAMESPACE, "-s", str(signature), "-f", str(signers), "-I", names[0], stdin=sums)
    if done.returncode:
        yield Finding("fault", SIGNATURE, f"the signature of {names[0]} does not hold: {_told(done)}")


def _run(action: str, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [_PROGRAM, "-Y", action, *arguments]
    try:
        return subprocess.run(command, input=stdin, capture_output=True, check=False)
    except FileNotFoundError as error:
        raise ReleaseError(f"{_PROGRAM} is not on this machine. Install OpenSSH") from error


def _told(done: subprocess.CompletedProcess[bytes]) -> str:
    words = (done.stderr or done.stdout).decode("utf-8", "replace").strip().splitlines()
    return words[-1] if words else f"exit code {done.returncode}"
