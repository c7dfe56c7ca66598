"""The original of a quotation beside its translation: found by script, marks or words, and never guessed."""

from __future__ import annotations

import pytest

from claims.records import Citation, CitationKind, Claim, ClaimKind, Page, Policy, QuoteGrade, Reading, Source, Stamp
from claims.verification.judges.load import load_judge
from claims.verification.quotes.originals import original
from claims.verification.verify import verify

SAID = "we have never refused dialogue with anybody"
RUSSIAN = "Мы никогда и ни с кем не отказывались от диалога"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"“{SAID},” he said (“{RUSSIAN}”).", RUSSIAN),
        (f"{RUSSIAN}.\nIn translation: “{SAID},” the president said.", f"{RUSSIAN}."),
        (f"“{SAID}” [{RUSSIAN}]", RUSSIAN),
        (f"“{SAID}” («{RUSSIAN}»)", RUSSIAN),
        (f"“{SAID},” he said. In the original: “nous n'avons jamais refusé le dialogue avec personne”.",
         "nous n'avons jamais refusé le dialogue avec personne"),
        (f"“{SAID},” she said («nous n’avons jamais refusé le dialogue»).", "nous n’avons jamais refusé le dialogue"),
        (f"“{SAID},” said the chancellor (in German, “Wir haben den Dialog mit niemandem verweigert”).",
         "Wir haben den Dialog mit niemandem verweigert"),
        (f"„Wir haben den Dialog nie verweigert“ – “{SAID}”", "Wir haben den Dialog nie verweigert"),
        (f"“{SAID}” (“我们从未拒绝与任何人对话”).", "我们从未拒绝与任何人对话"),
        (f"“{SAID},” he said: لم نرفض الحوار مع أي أحد أبدا", "لم نرفض الحوار مع أي أحد أبدا"),
        (f"{RUSSIAN} … “{SAID}” … Совсем другие слова о другом деле и дне", RUSSIAN),
        # None.
        (f"“{SAID},” he said in Moscow.", ""),
        (f"“{SAID},” Putin (Путин) said.", ""),
        (f"“{SAID},” Vladimir Putin (Владимир Путин) said.", ""),
        (f"“{SAID},” Dmitry Peskov (Дмитрий Сергеевич Песков) said.", ""),
        (f"“{SAID},” Putin (弗拉基米尔·普京) said.", ""),
        (f"“{SAID},” he said. “I would like to repeat this to everybody in the room,” he added.", ""),
        (f"“{SAID}” " + "He went on for an hour. " * 20 + RUSSIAN, ""),
        (f"“{SAID}” ({RUSSIAN + ', как мы говорили много раз в разные годы и по разным поводам' * 3})", ""),
        (f"“{SAID},” he said, in Russian, before he left.", ""),
    ],
)  # fmt: skip
def test_what_stands_beside_the_translation(text: str, expected: str) -> None:
    start = text.index(SAID)
    assert original(text, (start, start + len(SAID))) == expected


def test_words_that_are_the_original_have_none_beside_them() -> None:
    text = f"«{RUSSIAN}» – «Это другое предложение на русском языке»"
    assert original(text, (1, 1 + len(RUSSIAN))) == ""


def test_a_verdict_carries_it_beside_the_diff() -> None:
    text = f"“We have never refused any dialogue with anybody,” Putin said in Moscow (“{RUSSIAN}”)."
    source = Source(citation=Citation(kind=CitationKind.LINK, url="https://kremlin.example/1"))
    reading = Reading(source=source, page=Page(text=text, url=source.citation.url))
    quoted = f"“{SAID[0].upper()}{SAID[1:]},” he said."
    claim = Claim(
        article="a", text=quoted, spans=(), statement=quoted, kind=ClaimKind.QUOTATION, checkable=True,
        citations=(source.citation,),
    )  # fmt: skip
    policy, judge = Policy(), load_judge("lexical")
    [verdict] = verify(
        [claim], Page(text=quoted), [reading], judge, Stamp(run="r", policy=policy, now="2025-01-21T09:00:00Z")
    )
    assert verdict.quote is not None
    assert verdict.quote.grade is not QuoteGrade.NOT_FOUND
    assert verdict.quote.original == RUSSIAN
    assert ("+", "any") in verdict.quote.diff
