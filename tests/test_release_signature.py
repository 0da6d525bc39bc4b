"""Signatures: made once, checked each time, and only of whom one trusts."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from quotes import release
from quotes.errors import ReleaseError
from release_case import LengthScorer, Marks, write_repository

pytestmark = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not on this machine")


@pytest.fixture
def signed(tmp_path):
    """A version signed by the key ``mine``; ``signers`` names its owner, ``others`` somebody else."""
    write_repository(tmp_path)
    made = release.build(
        tmp_path, version="0.1.0", date="2031-06-02", scorer=LengthScorer(), extraction=Marks()
    )
    for name in ("mine", "theirs"):
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(tmp_path / name)]
        subprocess.run(command, check=True)
    for name, key in (("signers", "mine"), ("others", "theirs")):
        (tmp_path / name).write_text(f"tolk@harbour.example {(tmp_path / f'{key}.pub').read_text()}")
    release.sign(made.folder, tmp_path / "mine")
    return made.folder


def verify(folder, **options):
    return [str(finding) for finding in release.verify(folder, root=folder.parents[2], extraction=Marks(), **options)]


def test_a_signed_version_holds(signed, tmp_path):
    assert verify(signed) == []
    assert verify(signed, signers=tmp_path / "signers") == []


def test_a_signature_of_somebody_else_is_a_fault(signed, tmp_path):
    [finding] = verify(signed, signers=tmp_path / "others")
    assert "signed by a key that" in finding


def test_a_signature_that_does_not_fit_is_a_fault(signed, tmp_path):
    path = signed / "SHA256SUMS.sig"
    content = bytearray(path.read_bytes())
    content[80] = ord("A") if content[80] != ord("A") else ord("B")
    path.write_bytes(content)
    assert any("fault: SHA256SUMS.sig" in finding for finding in verify(signed))
    path.unlink()
    assert verify(signed) == []
    assert any("not signed" in finding for finding in verify(signed, signers=tmp_path / "signers"))


def test_a_version_is_signed_once(signed, tmp_path):
    with pytest.raises(ReleaseError, match="is there already"):
        release.sign(signed, tmp_path / "mine")


def test_a_key_that_is_none_is_refused(signed, tmp_path):
    (signed / "SHA256SUMS.sig").unlink()
    with pytest.raises(ReleaseError, match="does not sign"):
        release.sign(signed, tmp_path / "signers")
    assert not (signed / "SHA256SUMS.sig").exists()
