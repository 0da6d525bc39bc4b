"""The words that attribution knows: reporting cues with their grammar, and closed classes, as data tables."""

from quotes.lexicon.load import CUES, LANGUAGES, WORDS, Cue, CueClass, Lexicon, lexicon

__all__ = ["CUES", "LANGUAGES", "WORDS", "Cue", "CueClass", "Lexicon", "lexicon"]
