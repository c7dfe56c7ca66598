"""Takes out of a statement the brackets that only say where it was read: "(source)", "(via Handball Today)"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from claims.lexicon.clauses import word_set
from claims.records import Citation, CitationKind
from claims.verification.words import words

_CREDITING = word_set("""
    a also at by data figures from full h here in its link more original paper pdf post press read release report see
    source sources statement study t the this transcript via video
""")


def without_credits(statement: str, citations: Sequence[Citation]) -> str:
    """A statement without the brackets around its links that have only such words and the name of the linked site."""
    for citation in citations:
        if citation.kind is not CitationKind.LINK or not citation.text:
            continue
        bracket = re.compile(rf"\s?[(\[][^()\[\]]*{re.escape(citation.text)}[^()\[\]]*[)\]]")
        site = urlsplit(citation.url or "").netloc.replace("-", "").split(".")[:-1]
        for match in reversed(list(bracket.finditer(statement))):
            norms = [word.norm.replace("-", "") for word in words(match.group())]
            if norms and _only_credits(norms, site):
                statement = statement[: match.start()] + statement[match.end() :]
    return statement


def _only_credits(norms: Sequence[str], site: Sequence[str]) -> bool:
    """Whether words only credit a source, by its whole name if by any: not "in the US" for usatoday.com."""
    named, joined = [norm for norm in norms if norm not in _CREDITING], "".join(norms)
    whole = (part for part in site if part.removeprefix("the") in joined)
    return not named or any(all(norm in part for norm in named) for part in whole)
