"""Authors: whom "the statement", "the article", "it" and "he" mean where the document tells who issued a writing."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property

from quotes.records import Kind
from quotes.registry import Country
from quotes.registry.words import MENTION_WORDS
from quotes.stages.resolve_context import Context, Referent
from quotes.stages.resolve_discourse import Discourse
from quotes.stages.resolve_issues import Issue, body_at, is_author, is_several, issues, outlet_at
from quotes.stages.resolve_lists import listed_at
from quotes.stages.resolve_mention import Mention, read
from quotes.stages.resolve_roles import Found

_MEDIA = MENTION_WORDS["outlet"] | MENTION_WORDS["writing"]
_PERSONAL = MENTION_WORDS["pronoun_male"] | MENTION_WORDS["pronoun_female"]
_ASKED = {
    "document-of-subject": "document",
    "document-of-sender": "document",
    "none:document-without-author": "document",
    "none:no-antecedent": "medium",
    "medium-nearest-mention": "medium",
    "medium-nearest-subject": "medium",
    "none:body-not-named": "body",
    "none:role-not-named": "document",
}
"""Rules of nouns that an author told before may answer better, with what he is called then."""
_PAGES = frozenset({"website", "homepage", "site", "blog"})
_MOST = 60
"""Writings that are looked at before a mention."""
_NEAR = 2
"""Sentences behind a writing without a known author in which "he" is still that author."""
_UNIONS = frozenset("organisation organization association society federation union group committee".split())
_SPEAKING = "|".join(sorted(MENTION_WORDS["document"] | MENTION_WORDS["writing"] | _UNIONS))
_WRITTEN = re.compile(
    rf"The (?:[\w-]+ )?(?:{_SPEAKING})\b[^.;\n]{{0,80}}?"
    r" (?:said|noted|recalled|stressed|accused|denounced|held|pointed|warned)\b"
)
_IN_WHICH = (" in which ", " in it ")
_NO_AUTHOR: Found = (None, "none:document-without-author")


class Authors:
    """The authors of one document's writings; ``first`` resolves a mention without asking them."""

    def __init__(self, context: Context, discourse: Discourse, first: Callable[[Mention, int], Found]) -> None:
        self._context = context
        self._discourse = discourse
        self._first = first
        self._known: dict[int, Referent | None] = {}

    @cached_property
    def _issues(self) -> list[Issue]:
        return issues(self._context)

    def instead(self, mention: Mention, found: Found, kind: Kind) -> Found:
        """What was found, or the author whom the document tells where that fits the mention better."""
        if mention.determiner in ("the", "this") and found[1] in _ASKED:
            return self._of_noun(mention, found)
        if len(mention.phrase) == 1 and not mention.determiner:
            if mention.head == "it":
                return self._of_it(mention, found, kind)
            if mention.head in _PERSONAL and kind == "block":
                return self._of_person(mention, found)
        return found

    # --- nouns ----------------------------------------------------------------------------------------------

    def _of_noun(self, mention: Mention, found: Found) -> Found:
        noun = _ASKED[found[1]]
        if found[1] == "none:role-not-named" and mention.head not in _MEDIA | MENTION_WORDS["document"]:
            return found
        if noun == "body":
            issue = self._last(mention)
            author = self._author(issue) if issue is not None else None
            fits = author is not None and author.type in ("organisation", "role")
            return (author, f"body-of-{_where(issue)}") if issue is not None and fits else found
        issue = self._last(mention, lambda one: self._is_of(one, mention))
        if issue is None or (noun == "medium" and self._speaks_since(found[0], issue, mention)):
            return found
        author = self._author(issue)
        if author is None and "," in self._context.text[issue.who.start : issue.who.end]:
            return None, "none:group"  # "the editorial issued by the Post, the Banner and the Lantern"
        if author is None:
            unlikely = found[0] is None or isinstance(found[0].row, Country)
            if unlikely and found[1] != "none:group-of-names" and noun == "document":
                return (None, "none:group") if is_several(issue, self._context) else _NO_AUTHOR
            return found
        sent = found[1] == "document-of-sender" and found[0] is not None and found[0].type == "person"
        if found[0] is not None and (found[0].key == author.key or (sent and author.type != "person")):
            return found
        return author, f"{noun}-of-{_where(issue)}"

    def _is_of(self, issue: Issue, mention: Mention) -> bool:
        """Whether "the article" may be what was issued, or "the paper" whoever issued it."""
        if mention.head == issue.writing.split()[-1]:
            return True
        if mention.head in _PAGES and mention.head in self._context.text[issue.who.end : issue.end].split():
            return True  # "posted an article on its website", and then "the website said"
        author = self._author(issue) if mention.head in _MEDIA else None
        return author is not None and author.type == "outlet"

    # --- pronouns -------------------------------------------------------------------------------------------

    def _of_it(self, mention: Mention, found: Found, kind: Kind) -> Found:
        """ "It said": a statement that is printed whole goes on with its author; a country is only spoken about."""
        issue = self._last(mention)
        if not self._context.says(mention.span.end):
            return found
        country = found[0] is not None and isinstance(found[0].row, Country)
        if issue is None:
            return _NO_AUTHOR if country and self._document_speaks(mention) else found
        if self._context.text.endswith(_IN_WHICH, 0, mention.span.start):
            return (author, "pronoun-of-issue") if (author := self._author(issue)) is not None else found
        if kind != "block":
            author = self._author(self._issues[0]) if self._issues[0].first else None
            open_ = found[0] is None and author is not None and author.type != "person"
            return (author, "pronoun-of-opening") if open_ else found
        author = self._author(issue)
        if author is None and country and is_several(issue, self._context):
            return None, "none:group"  # "Three societies issued a statement on Lorrica … it said"
        if self._speaks_since(found[0], issue, mention):
            return found
        if author is None and is_several(issue, self._context):
            return None, "none:group"
        if author is None:
            return (None, "none:no-antecedent") if found[0] is not None and isinstance(found[0].row, Country) else found
        if found[0] is not None and found[0].key == author.key:
            return found
        return author, f"pronoun-of-{_where(issue)}"

    def _document_speaks(self, mention: Mention) -> bool:
        """Whether something written, or a body, has the word before: "The press release … recalled …, it said"."""
        k = self._context.sentence(mention.span.start)
        sentences = self._context.article.sentences[max(0, k - _NEAR) : k]
        return any(_WRITTEN.match(self._context.text, one.start, one.end) for one in sentences)

    def _of_person(self, mention: Mention, found: Found) -> Found:
        """ "He said": who wrote or spoke, rather than somebody whom he praises."""
        issue = self._last(mention)
        if issue is None or self._speaks_since(found[0], issue, mention):
            return found
        author = self._author(issue)
        far = self._context.sentence(mention.span.start) - self._context.sentence(issue.end)
        if author is None and far <= _NEAR:
            return None, "none:role-not-named"  # "The commander made a speech. … he said"
        if author is None or author.type not in ("person", "role"):
            return found
        gender = "male" if mention.head in MENTION_WORDS["pronoun_male"] else "female"
        if author.gender not in (gender, None) or (found[0] is not None and found[0].key == author.key):
            return found
        return author, f"pronoun-of-{_where(issue)}"

    # --- what was issued ------------------------------------------------------------------------------------

    def _last(self, mention: Mention, fits: Callable[[Issue], bool] | None = None) -> Issue | None:
        """The last writing of which the document tells before a mention, in the same voice."""
        region = self._context.region(mention.span.start)
        last = bisect_right(self._issues, mention.span.start, key=lambda issue: issue.end)
        for issue in reversed(self._issues[max(0, last - _MOST) : last]):
            if self._context.region(issue.who.start) == region and (fits is None or fits(issue)):
                return issue
        return None

    def _author(self, issue: Issue) -> Referent | None:
        at = issue.who.start
        if at not in self._known:
            self._known[at] = None  # a writing cannot tell its own author
            self._known[at] = self._carried(issue, self._read(issue))
        return self._known[at]

    def _carried(self, issue: Issue, author: Referent | None) -> Referent | None:
        """The author with the outlet that carried his words, where the document names one."""
        if author is None or issue.carrier is None:
            return author
        outlet = outlet_at(replace(issue, who=issue.carrier, outlet=True), self._context)
        return author if outlet is None or outlet.name is None else author._replace(carrier=(outlet.name, outlet.id))

    def _read(self, issue: Issue) -> Referent | None:
        if "," in self._context.text[issue.who.start : issue.who.end]:
            return listed_at(self._context.text[issue.who.start : issue.who.end])
        words = self._context.text[issue.who.start : issue.who.end].casefold().split()
        if len(words) == 2 and words[0] in ("the", "this") and words[1] in _MEDIA | MENTION_WORDS["document"]:
            return self._before(issue)  # "The bulletin carried an article"
        if words == ["it"]:
            return self._before(issue) or self._first(read(self._context.text, issue.who, (), None), issue.who.start)[0]
        author = outlet_at(issue, self._context)
        if author is not None:
            return author
        names = self._context.names_between(issue.who.start, issue.who.end)
        author, rule = self._first(read(self._context.text, issue.who, names, None), issue.who.start)
        if rule == "none:group-of-names" and is_several(issue, self._context):
            return None
        if author is None or not is_author(author, issue, self._context):
            return body_at(issue, self._context)
        return author

    def _before(self, issue: Issue) -> Referent | None:
        """The author of the writing that was told of before another."""
        k = self._issues.index(issue)
        return self._author(self._issues[k - 1]) if k else None

    def _speaks_since(self, one: Referent | None, issue: Issue, mention: Mention) -> bool:
        """Whether a verb of saying stands at somebody's name behind the writing."""
        return one is not None and self._discourse.spoke(one.key, issue.end, mention.span.start)


def _where(issue: Issue | None) -> str:
    return "opening" if issue is not None and issue.first else "issue"
