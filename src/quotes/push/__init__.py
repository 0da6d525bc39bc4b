"""Push: a version to where others find it, whole or not at all."""

from quotes.push.hub import push_to_hub
from quotes.push.zenodo import push_to_zenodo

__all__ = ["push_to_hub", "push_to_zenodo"]
