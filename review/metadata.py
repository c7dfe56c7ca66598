"""What Datasette is told about the ledger: tables and columns in plain words, facets, search and ready queries."""

from __future__ import annotations

from typing import Any

ABOUT = (
    "Every claim that was checked, the passage that its verdict rests on, and what people decided. "
    "The question answered first is whether the cited source says it; whether it is true is a person's decision."
)

_CLAIM = {
    "claim": "The claim's id: its words at their place in its article.",
    "no": "Running number.",
    "statement": "The claim, worded so that it can be read alone.",
    "text": "The words of the article.",
    "speaker": "Who says it, according to the article.",
    "standing": "What the desk holds to be so: a person's decision where there is one, else the judge's label.",
    "label": "The judge's label.",
    "confidence": "How probable it is that the label is right.",
    "needs_review": "1 where the judge is not sure enough.",
    "state": "Where it stands at the desk: undecided, needs_review, disputed, decided or void.",
    "reason": "Why the source could not be read, or why the claim cannot be checked.",
    "rationale": "How the verdict came about.",
    "outlets": "Whom the article cites for it.",
    "published_by": "Who published the article.",
    "since": "When this verdict was first reached.",
    "checked_at": "When it was last checked.",
}

_TABLES: dict[str, dict[str, Any]] = {
    "queue": {
        "title": "Queue",
        "description": "What a person should look at first, with the reason.",
        "columns": {**_CLAIM, "why": "Why a person should look.", "urgency": "1 is the most urgent."},
        "facets": ["label", "why", "speaker", {"array": "outlets"}],
        "fts_table": "claims_fts",
        "fts_pk": "no",
    },
    "current": {
        "title": "Claims",
        "description": "Every claim with the verdict that holds now and the last decision of a person.",
        "columns": {
            **_CLAIM,
            "decision": "What a person decided.",
            "reviewer": "Who decided.",
            "why": "Why a person must look.",
            "sign_offs": "How many people decided so on this verdict.",
            "against": "How many decided otherwise.",
            "decisions": "The number of the last decision.",
        },
        "facets": ["standing", "state", {"array": "outlets"}, "speaker", "published_by"],
        "sort_desc": "checked_at",
        "fts_table": "claims_fts",
        "fts_pk": "no",
    },
    "changes": {
        "title": "Changes",
        "description": "Verdicts that differ from the one before: what changed, and when.",
        "columns": {**_CLAIM, "label_before": "The label before.", "changed": "What is different."},
        "facets": ["changed", "label_before", "label"],
        "fts_table": "claims_fts",
        "fts_pk": "no",
    },
    "unread": {
        "title": "Sources not read",
        "description": "Sources that could not be read when they were last tried, and why.",
        "columns": {
            "reason": "Why it could not be read.",
            "detail": "The same in words.",
            "claims": "How many claims lean on it.",
        },
        "facets": ["reason", "outlet"],
    },
    "articles": {"description": "The articles that were checked, as they were read."},
    "claims": {
        "description": "What the articles say, with the places where they say it.",
        "columns": {
            "spans": "Where the words stand in the article's text: [start, end) in characters.",
            "checkworthiness": "How much it is worth checking, 0 to 1.",
            "superseded_in": "The run that no longer found this claim in the article.",
            "earlier": "The same words in the version of the article before.",
        },
        "facets": ["kind", "speaker"],
        "fts_table": "claims_fts",
        "fts_pk": "no",
        "label_column": "statement",
    },
    "citations": {"description": "What each claim leans on: a link, a named outlet, a broadcast, a post, a document."},
    "captures": {
        "description": "What was fetched: the address, the time, and the SHA-256 of the bytes that are kept.",
        "columns": {
            "via": "live, from an archive, replayed from a file, or handed in by a person (manual).",
            "sha256": "The SHA-256 of the bytes.",
            "warc": "The file that keeps the response.",
            "offset": "Where in that file it stands.",
        },
        "facets": ["via"],
        "label_column": "url",
    },
    "runs": {
        "description": "Every check: when, with which judge, and which verdicts it added or found again.",
        "facets": ["judge", "version"],
    },
    "sources": {
        "description": "How each source of an article stood, run by run: a row is added when that changes.",
        "facets": ["status", "reason", "outlet"],
    },
    "verdicts": {
        "description": "Every verdict that was ever reached. Verdicts are only added, never changed.",
        "columns": {"number": "The first verdict on a claim has number 1.", "previous": "The verdict before."},
        "facets": ["label", "judge", "needs_review"],
    },
    "evidence": {
        "description": "The passages that verdicts rest on.",
        "columns": {"stance": "What the passage does to the claim.", "score": "How strongly, 0 to 1."},
        "facets": ["stance", "outlet"],
        "fts_table": "evidence_fts",
        "fts_pk": "no",
        "label_column": "passage",
    },
    "reviews": {
        "description": "What people decided. Decisions are only added, never changed.",
        "columns": {
            "person": "The reviewer's name in its one spelling: what tells one person from another.",
            "correction": "How much it changes what was decided before: major, minor or note.",
            "undoes": "The decision that this one takes back.",
        },
        "facets": ["decision", "reviewer"],
    },
    "attachments": {"description": "Pages and addresses that people handed in for a source."},
    "log": {
        "description": "Every row that was added or changed, chained by SHA-256: see `factdesk audit`.",
        "columns": {"digest": "The SHA-256 of the row.", "hash": "The SHA-256 over this entry and the one before."},
        "facets": ["kind", "action"],
    },
    "settings": {"description": "How this desk works: how many people sign off."},
    "_sqlite_migrations": {"hidden": True},
}

_QUERIES: dict[str, dict[str, Any]] = {
    "speakers": {
        "title": "Speakers",
        "description": "Who is quoted, and how what is said of them holds.",
        "sql": """
SELECT speaker, count(*) AS claims, sum(standing = 'supported') AS supported,
  sum(standing IN ('contradicted', 'misattributed')) AS wrong, sum(standing = 'source_unavailable') AS unread
FROM current WHERE speaker IS NOT NULL GROUP BY speaker ORDER BY claims DESC, speaker""",
    },
    "outlets": {
        "title": "Outlets cited",
        "description": "Who is cited, how often they could be read, and how often they say what they are cited for.",
        "sql": """
SELECT o.value AS outlet, count(*) AS claims, sum(standing = 'supported') AS supported,
  sum(standing = 'not_in_source') AS silent, sum(standing IN ('contradicted', 'misattributed')) AS wrong,
  sum(standing = 'source_unavailable') AS unread
FROM current, json_each(outlets) o GROUP BY o.value ORDER BY claims DESC, outlet""",
    },
    "quotations": {
        "title": "Quotations that differ",
        "description": "Quotations that do not stand in the source as the article has them.",
        "sql": """
SELECT claim, statement, speaker, quote_grade, label, rationale FROM current
WHERE quote_grade NOT IN ('verbatim', 'trivial_edit') ORDER BY checked_at DESC""",
    },
}


def metadata(ledgers: list[str]) -> dict[str, Any]:
    """The metadata of Datasette for these databases."""
    queries = {name: {**query, "hide_sql": True} for name, query in _QUERIES.items()}
    one = {"description": ABOUT, "tables": _TABLES, "queries": queries}
    return {"databases": dict.fromkeys(ledgers, one)}
