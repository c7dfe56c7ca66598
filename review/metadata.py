"""Datasette metadata of the ledger: descriptions of tables and columns, facets, search and stored queries."""

from __future__ import annotations

from typing import Any

ABOUT = (
    "All checked claims, the passages that their verdicts rely on, and people's decisions. "
    "A verdict says whether the cited source says it; whether it is true is a person's decision."
)

_CLAIM = {
    "claim": "Claim id: a hash of the claim's words and their position in the article.",
    "no": "Running number.",
    "statement": "The claim as a standalone statement.",
    "text": "The words of the article.",
    "speaker": "Who says it, according to the article.",
    "standing": "The current label: a person's decision if there is one, otherwise the judge's label.",
    "label": "The judge's label.",
    "confidence": "The probability that the label is right.",
    "needs_review": "1 if the verdict is not certain enough.",
    "state": "Review state: undecided, needs_review, disputed, decided or void.",
    "reason": "Why the source could not be read, or why the claim cannot be checked.",
    "rationale": "Explanation of the verdict.",
    "outlets": "Outlets that the article cites for it.",
    "published_by": "Who published the article.",
    "since": "When this verdict was first reached.",
    "checked_at": "When it was last checked.",
}

# Tables that no person reads: those behind the views, and what programs look up.
_HIDDEN = (
    *("log_entries", "log_parts", "standings", "tallies", "verdict_changes", "unread_sources"),
    *("addresses", "failures", "_sqlite_migrations"),
)

_TABLES: dict[str, dict[str, Any]] = {
    "queue": {
        "title": "Queue",
        "description": "Claims that need review, with the reason; the most urgent come first.",
        "columns": {**_CLAIM, "why": "Why it needs review.", "urgency": "1 is the most urgent."},
        "facets": ["label", "why", "speaker", {"array": "outlets"}],
    },
    "current": {
        "title": "Claims",
        "description": "Every claim with its current verdict and the last decision.",
        "columns": {
            **_CLAIM,
            "decision": "The decision.",
            "reviewer": "Who decided.",
            "why": "Why it needs review.",
            "sign_offs": "Number of people who made this decision on this verdict.",
            "against": "Number of people who decided otherwise.",
            "decisions": "Number of the last decision.",
        },
        "facets": ["standing", "state", {"array": "outlets"}, "speaker", "published_by"],
        "sort_desc": "checked_at",
    },
    "changes": {
        "title": "Changes",
        "description": "Verdicts that differ from the one before: what changed, and when.",
        "columns": {**_CLAIM, "label_before": "The label before.", "changed": "What is different."},
        "facets": ["changed", "label_before", "label"],
    },
    "unread": {
        "title": "Sources not read",
        "description": "Sources that could not be read when they were last tried, and why.",
        "columns": {
            "reason": "Why it could not be read.",
            "detail": "The same in words.",
            "claims": "Number of claims that cite it.",
        },
        "facets": ["reason", "outlet"],
    },
    "articles": {"description": "The checked articles as they were read."},
    "claims": {
        "description": "The claims of the articles, with their positions.",
        "columns": {
            "spans": "Position of the words in the article's text: [start, end) in characters.",
            "checkworthiness": "Check-worthiness, 0 to 1.",
            "superseded_in": "The run that no longer found this claim in the article.",
            "earlier": "The same words in the previous version of the article.",
        },
        "facets": ["kind", "speaker"],
        "fts_table": "claims_fts",
        "fts_pk": "no",
        "label_column": "statement",
    },
    "citations": {"description": "What each claim cites: a link, a named outlet, a broadcast, a post, a document."},
    "captures": {
        "description": "What was fetched: the address, the time, and the SHA-256 of the stored bytes.",
        "columns": {
            "via": "live, from an archive, replayed from a file, or attached by a person (manual).",
            "sha256": "The SHA-256 of the bytes.",
            "warc": "The file that contains the response.",
            "offset": "Position of the response in that file.",
        },
        "facets": ["via"],
        "label_column": "url",
    },
    "runs": {
        "description": "Every check: when, with which judge, and which verdicts it added or found again.",
        "facets": ["judge", "version"],
    },
    "sources": {
        "description": "The state of each source of an article in each run; a row is added when the state changes.",
        "facets": ["status", "reason", "outlet"],
    },
    "verdicts": {
        "description": "All verdicts. Verdicts are only added, never changed.",
        "columns": {"number": "The first verdict on a claim has number 1.", "previous": "The verdict before."},
        "facets": ["label", "judge", "needs_review"],
    },
    "evidence": {
        "description": "The passages that verdicts rely on.",
        "columns": {"stance": "Whether the passage supports or refutes the claim.", "score": "How strongly, 0 to 1."},
        "facets": ["stance", "outlet"],
        "fts_table": "evidence_fts",
        "fts_pk": "no",
        "label_column": "passage",
    },
    "reviews": {
        "description": "People's decisions. Decisions are only added, never changed.",
        "columns": {
            "person": "The reviewer's normalized name, which identifies a person.",
            "correction": "Severity of a correction: major, minor or note.",
            "undoes": "The decision that this one undoes.",
        },
        "facets": ["decision", "reviewer"],
    },
    "attachments": {"description": "Pages and addresses that people attached to a source."},
    "log": {
        "description": "Every row that was added or changed, chained by SHA-256; factdesk audit checks the chain.",
        "columns": {
            "digest": "The SHA-256 of the row.",
            "hash": "The SHA-256 over this entry and the one before; its beginning if others of the run follow.",
        },
        "facets": ["kind", "action"],
    },
    "settings": {"description": "Settings of this desk, such as the number of people who sign off."},
    **{name: {"hidden": True} for name in _HIDDEN},
}

# What a stored query looks at: a page of a large ledger must not look at every claim.
_LAST = "(SELECT * FROM current ORDER BY checked_at DESC LIMIT 5000)"
_QUERIES: dict[str, dict[str, Any]] = {
    "speakers": {
        "title": "Speakers",
        "description": "The quoted speakers, and the verdicts on their claims, among the 5,000 checked last.",
        "sql": f"""
SELECT speaker, count(*) AS claims, sum(standing = 'supported') AS supported,
  sum(standing IN ('contradicted', 'misattributed')) AS wrong, sum(standing = 'source_unavailable') AS unread
FROM {_LAST} WHERE speaker IS NOT NULL GROUP BY speaker ORDER BY claims DESC, speaker""",  # noqa: S608  our own words
    },
    "outlets": {
        "title": "Outlets cited",
        "description": (
            "The cited outlets, how often they could be read, and how often they support the claims, "
            "among the 5,000 claims checked last."
        ),
        "sql": f"""
SELECT o.value AS outlet, count(*) AS claims, sum(standing = 'supported') AS supported,
  sum(standing = 'not_in_source') AS silent, sum(standing IN ('contradicted', 'misattributed')) AS wrong,
  sum(standing = 'source_unavailable') AS unread
FROM {_LAST}, json_each(outlets) o GROUP BY o.value ORDER BY claims DESC, outlet""",  # noqa: S608  our own words
    },
    "quotations": {
        "title": "Quotations that differ",
        "description": "Quotations whose words differ from the source, among the 5,000 claims checked last.",
        "sql": f"""
SELECT claim, statement, speaker, quote_grade, label, rationale FROM {_LAST}
WHERE quote_grade NOT IN ('verbatim', 'trivial_edit') ORDER BY checked_at DESC""",  # noqa: S608  our own words
    },
}


def metadata(ledgers: list[str]) -> dict[str, Any]:
    """The metadata of Datasette for these databases."""
    queries = {name: {**query, "hide_sql": True} for name, query in _QUERIES.items()}
    database = {"title": "Ledger", "description": ABOUT, "tables": _TABLES, "queries": queries}
    return {"databases": dict.fromkeys(ledgers, database)}
