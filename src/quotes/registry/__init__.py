"""Who is who in the press: people and their offices, organisations, outlets, countries, places, as data tables."""

from quotes.registry.fold import fold
from quotes.registry.load import load
from quotes.registry.lookup import Registry
from quotes.registry.rows import Country, Epithet, Office, Organisation, Outlet, Person, Place, Title

__all__ = [
    "Country", "Epithet", "Office", "Organisation", "Outlet", "Person", "Place", "Registry", "Title", "fold",
    "load",
]
