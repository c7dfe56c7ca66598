"""Defines which claims need review and the review state of a claim, for all outputs.

The definition is SQL, because the ledger's views need it and Datasette reads them without our code. New verdicts are
evaluated with the same SQL (``waits``), so that a check shows what the desk will show.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing

from claims.glossary import HAND_IN
from claims.records import UNSETTLED, Claim, Reason, Verdict

_HANDED_IN = ", ".join(f"'{reason.value}'" for reason in sorted(HAND_IN))

# How urgent the verdict is as long as nobody has decided on it (the lower the more urgent); NULL where nobody must
# look: what may be wrong in print, what the judge is not sure of, what a person can read and we could not.
UNDECIDED = f"""CASE
    WHEN label = 'contradicted' THEN 3
    WHEN label = 'misattributed' THEN 4
    WHEN label = 'conflicting' THEN 5
    WHEN quote_grade IN ('truncated', 'spliced', 'paraphrase_in_quotes', 'not_found')
      AND label NOT IN ('source_unavailable', 'no_source', 'not_checkable') THEN 6
    WHEN label = 'source_unavailable' AND reason IN ({_HANDED_IN}) THEN 8
    WHEN label = 'source_unavailable' AND reason = '{Reason.OFFLINE.value}' THEN NULL
    WHEN needs_review = 1 THEN 7
  END"""

# Enough people decided alike on the verdict that holds now, and more than decided otherwise.
_DECIDED = "(decision IS NOT NULL AND review_stale = 0 AND sign_offs >= wanted AND sign_offs > against)"
_DISPUTED = "(decision IS NOT NULL AND review_stale = 0 AND against > 0)"

# The same, with what people decided: needs the columns of the view ``current``, and ``wanted``.
URGENCY = f"""CASE
    WHEN review_stale = 1 THEN 1
    WHEN {_DECIDED} THEN NULL
    WHEN {_DISPUTED} THEN 2
    WHEN decision IS NOT NULL THEN 9
    ELSE {UNDECIDED}
  END"""

# What the claim itself leaves open (``reasons`` and ``changes`` of its row): no verdict on it is certain.
_LEFT_OPEN = f"""coalesce(
      (SELECT value FROM json_each(reasons) WHERE value LIKE '% {UNSETTLED}' ORDER BY key LIMIT 1),
      (SELECT json_extract(value, '$.reason') FROM json_each(changes) WHERE NOT json_extract(value, '$.sure')
        ORDER BY key LIMIT 1))"""  # noqa: S608  our own words

# Needs ``urgency``, and for the words ``reviewer``, ``statement_before``, ``quote_grade``, ``reason``, ``reasons`` and
# ``changes``.
WHY = f"""CASE urgency
    WHEN 1 THEN CASE WHEN statement_before IS NULL THEN 'the verdict' ELSE 'the statement' END
      || ' changed after ' || reviewer || ' decided'
    WHEN 2 THEN 'disputed: reviewers disagree'
    WHEN 3 THEN 'a source says otherwise'
    WHEN 4 THEN 'attributed to another speaker, date or outlet'
    WHEN 5 THEN 'the sources disagree'
    WHEN 6 THEN 'the quotation differs from the source (' || replace(quote_grade, '_', ' ') || ')'
    WHEN 7 THEN coalesce({_LEFT_OPEN}, 'the verdict is not certain enough')
    WHEN 8 THEN 'the source could not be read (' || replace(reason, '_', ' ') || '): can you read it?'
    WHEN 9 THEN 'decided by ' || reviewer || '; another reviewer must agree'
  END"""

STATE = f"""CASE
    WHEN {_DECIDED} THEN CASE decision WHEN 'void' THEN 'void' ELSE 'decided' END
    WHEN {_DISPUTED} THEN 'disputed'
    WHEN urgency IS NOT NULL THEN 'needs_review'
    ELSE 'undecided'
  END"""

_ONE = f"""
SELECT {WHY} FROM (SELECT *, {UNDECIDED} AS urgency, NULL AS reviewer, NULL AS statement_before
FROM (SELECT ? AS label, ? AS needs_review, ? AS reason, ? AS quote_grade, ? AS reasons, ? AS changes))
"""  # noqa: S608  our own words


def waits(verdicts: Iterable[Verdict], claims: Iterable[Claim]) -> dict[str, str]:
    """Those of the claims that need review, by id with the reason, assuming that nobody has decided on the verdicts."""
    by_id, reasons = {claim.id: claim for claim in claims}, {}
    with closing(sqlite3.connect(":memory:")) as memory:
        for verdict in verdicts:
            grade, claim = verdict.quote.grade if verdict.quote else None, by_id.get(verdict.claim)
            texts = map(_storable, (verdict.reason, grade, *(_left_open_in(claim) if claim else ("[]", "[]"))))
            (why,) = memory.execute(_ONE, (str(verdict.label), int(verdict.needs_review), *texts)).fetchone()
            if why is not None:
                reasons[verdict.claim] = str(why)
    return reasons


def _left_open_in(claim: Claim) -> tuple[str, str]:
    """The columns ``reasons`` and ``changes`` of a claim's row, as far as they are needed here."""
    changes = [{"sure": change.sure, "reason": change.reason} for change in claim.changes]
    return json.dumps(claim.reasons, ensure_ascii=False), json.dumps(changes, ensure_ascii=False)


def _storable(text: str | None) -> str | None:
    """Half a surrogate pair, from a broken page, is a question mark, as in the ledger."""
    return text if text is None else str(text).encode("utf-8", "replace").decode("utf-8")
