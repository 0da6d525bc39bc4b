"""``python -m quotes.cli`` is ``quotes``."""

from quotes.cli.app import main

if __name__ == "__main__":
    main()
