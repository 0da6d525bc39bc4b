"""The public names: sorted, complete, documented."""

from __future__ import annotations

import inspect
import subprocess
import sys
import types

import quotes


def test_all_is_sorted_and_complete() -> None:
    names = {
        name
        for name, value in vars(quotes).items()
        if not name.startswith("_") and name != "annotations" and not isinstance(value, types.ModuleType)
    }
    assert set(quotes.__all__) == names | {"__version__"}
    assert quotes.__all__ == sorted(quotes.__all__)


def test_every_public_name_is_documented() -> None:
    undocumented = [
        name
        for name in quotes.__all__
        if (inspect.isclass(value := getattr(quotes, name)) or inspect.isfunction(value))
        and not inspect.getdoc(value)
    ]
    assert undocumented == []


def test_importing_loads_no_model() -> None:

    heavy = {"datasets", "pandas", "torch", "transformers"}
    script = f"import sys, quotes; print(sorted({heavy} & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
