"""The words that attribution knows: reporting cues with their grammar, and closed classes, as data tables."""

from quotes.lexicon.load import CUES, WORDS, Cue, CueClass

__all__ = ["CUES", "WORDS", "Cue", "CueClass"]
