"""The views of the ledger. They contain no data of their own.

Values that a view would have to compute from every row are in derived tables (derived/tables.py), which are filled by
the queries ``STANDINGS``, ``VERDICT_CHANGES`` and ``UNREAD_SOURCES`` of this module.

``current``  every claim that its article still contains, with its latest verdict and latest review
``queue``    claims that need review, with the reason in words
``changes``  verdicts that differ from the previous one, and whether the source, the article or the judge changed
``unread``   sources that could not be read when they were last tried
``log``      the log, with ids and hashes as text (log/tables.py)
"""

from __future__ import annotations

from claims.ledger.attention import STATE, URGENCY, WHY

# Decisions that count: neither taken back nor the taking back itself. ``who`` tells one person from another.
COUNTED = """(SELECT t.*, coalesce(t.person, lower(trim(t.reviewer))) AS who FROM reviews t
    WHERE t.decision <> 'undo' AND NOT EXISTS (SELECT 1 FROM reviews u WHERE u.claim = t.claim AND u.undoes = t.id))"""

# Everybody's last word on the verdict that holds now, from the last correction on: what was decided before it was
# on what the correction has put right.
_VOICES = f"""{COUNTED} o WHERE o.claim = c.id AND o.verdict = v.id
    AND o.number >= coalesce((SELECT max(k.number) FROM {COUNTED} k
      WHERE k.claim = c.id AND k.correction IS NOT NULL), 0)
    AND NOT EXISTS (SELECT 1 FROM {COUNTED} n
      WHERE n.claim = o.claim AND n.verdict = o.verdict AND n.who = o.who AND n.number > o.number)"""  # noqa: S608  our own words

# ``standing`` is what the desk holds to be so: a person's decision goes before the judge's. ``review_stale`` says
# that the verdict has changed since that person looked; ``sign_offs`` counts who decided so on this verdict,
# ``against`` who decided otherwise; ``decisions`` is the number of the last entry in ``reviews``.
_JUDGED = """
  v.label AS label, v.confidence AS confidence, v.needs_review AS needs_review, v.reason AS reason,
  v.rationale AS rationale, v.basis AS basis, v.quote_grade AS quote_grade, c.outlets AS outlets,
  c.article AS article, a.title AS title, coalesce(a.final_url, a.url) AS url, a.outlet AS published_by,
  a.published AS published, c.position AS position, c.text AS text, c.kind AS kind, c.checkable AS checkable,
  c.checkworthiness AS checkworthiness, v.id AS verdict, v.number AS verdicts, v.judge AS judge,
  v.checked_at AS since, v.statement_before AS statement_before"""
_DECIDED_ON = """
  r.decision AS decision, r.reviewer AS reviewer, r.note AS note, r.at AS reviewed_at, r.correction AS correction,
  CASE WHEN r.id IS NULL THEN NULL ELSE r.verdict <> v.id END AS review_stale"""
_WANTED = "(SELECT coalesce((SELECT CAST(value AS INTEGER) FROM settings WHERE id = 'sign_off'), 1) AS wanted)"

_CLAIMS = f"""
SELECT c.id AS claim, c.no AS no, c.statement AS statement, c.speaker AS speaker,
  CASE r.decision WHEN 'void' THEN 'void' ELSE coalesce(r.label, v.label) END AS standing, {_JUDGED},
  coalesce(u.finished_at, u.started_at, v.checked_at) AS checked_at, {_DECIDED_ON},
  CASE WHEN r.id IS NULL THEN 0 ELSE (SELECT count(*) FROM {_VOICES} AND o.label IS r.label) END AS sign_offs,
  CASE WHEN r.id IS NULL THEN 0 ELSE (SELECT count(*) FROM {_VOICES} AND o.label IS NOT r.label) END AS against,
  (SELECT coalesce(max(number), 0) FROM reviews WHERE claim = c.id) AS decisions, r.number AS review,
  c.reasons AS reasons, c.changes AS changes
FROM claims c
JOIN articles a ON a.id = c.article
JOIN verdicts v ON v.claim = c.id AND v.number = (SELECT max(number) FROM verdicts WHERE claim = c.id)
LEFT JOIN runs u ON u.id = c.last_run
LEFT JOIN reviews r ON r.claim = c.id AND r.number = (SELECT max(number) FROM {COUNTED} WHERE claim = c.id)
WHERE c.superseded_in IS NULL
"""  # noqa: S608  our own words

_ALL_CLAIMS = "WHERE c.superseded_in IS NULL"
_WORKED_OUT = f"""
SELECT *, {STATE} AS state, {WHY} AS why FROM (
  SELECT *, {URGENCY} AS urgency FROM ({_CLAIMS}), {_WANTED}
)
"""  # noqa: S608  our own words

# How every claim that its article still contains stands: the rows of the table ``standings``.
STANDINGS = f"""
SELECT no, standing, state, urgency, checkworthiness, checked_at, verdicts AS verdict, review, sign_offs, against,
  decisions
FROM ({_WORKED_OUT})
"""  # noqa: S608  our own words
# The same of the claims whose ids are in the JSON list ``:claims``.
STANDINGS_OF = STANDINGS.replace(_ALL_CLAIMS, f"{_ALL_CLAIMS} AND c.id IN (SELECT value FROM json_each(:claims))")  # noqa: S608  our own words

_CURRENT = f"""
SELECT c.id AS claim, s.no AS no, c.statement AS statement, c.speaker AS speaker, s.standing AS standing,
  {_JUDGED.replace("c.checkworthiness", "s.checkworthiness")},
  s.checked_at AS checked_at, {_DECIDED_ON}, s.sign_offs AS sign_offs, s.against AS against,
  s.decisions AS decisions, wanted, s.urgency AS urgency, s.state AS state, {WHY} AS why
FROM standings s
JOIN claims c ON c.no = s.no
CROSS JOIN articles a ON a.id = c.article
CROSS JOIN verdicts v ON v.claim = c.id AND v.number = s.verdict
LEFT JOIN reviews r ON r.claim = c.id AND r.number = s.review
CROSS JOIN {_WANTED}
"""  # noqa: S608  our own words

# The order of the queue: the most urgent first, then what is most worth checking.
ORDER = "urgency, checkworthiness DESC, checked_at DESC, no"

# The rows of the queue behind a place in it (values ``urgency``, ``checkworthiness``, ``checked_at`` and ``no``), in
# steps from the nearest on; each step is a range of the index of the queue.
BEHIND = (
    "urgency = :urgency AND checkworthiness = :checkworthiness AND checked_at = :checked_at AND no > :no",
    "urgency = :urgency AND checkworthiness = :checkworthiness AND checked_at < :checked_at",
    "urgency = :urgency AND checkworthiness < :checkworthiness",
    "urgency > :urgency",
)

_QUEUE = f"""
SELECT claim, no, statement, speaker, label, confidence, why, urgency, state, reason, rationale, outlets, article,
  title, url, published_by, checkworthiness, checked_at, verdict, quote_grade, needs_review
FROM current
WHERE urgency IS NOT NULL
ORDER BY {ORDER}
"""  # noqa: S608  our own words

# How the sources of a claim stood in a run: those that it cites, what these rely on, and what decided on it.
_STATES = """
SELECT s.source, s.status, coalesce(s.reason, ''), coalesce(k.sha256, '')
FROM runs o, json_each(coalesce(o.sources, '[]')) j JOIN sources s ON s.id = j.value
LEFT JOIN captures k ON k.id = s.capture
WHERE o.id = {run} AND (s.source IN (SELECT source FROM citations WHERE claim = d.claim)
  OR s.hop_of IN (SELECT source FROM citations WHERE claim = d.claim)
  OR s.capture IN (SELECT capture FROM evidence WHERE verdict IN (d.verdict, d.before)))
"""
_THEN, _NOW = (_STATES.format(run=run) for run in ("d.run_before", "d.run"))

# Why a verdict differs. The last run that found the verdict before is compared with the one that found the new one:
# the article's text, then the sources' states (captured or why not, and the SHA-256 of what was captured); where
# neither differs it was read otherwise by the judge, its version, or Factdesk's. Other bytes around the very words
# that were judged before are no change of the source where the judge is another.
_CAUSES = f"""
WITH pairs AS (
  SELECT v.id AS verdict, v.claim, v.run, v.checked_at, p.id AS before, p.run AS run_first, 0 AS rewritten
  FROM verdicts v JOIN verdicts p ON p.id = v.previous {{scope}}
  UNION ALL
  SELECT v.id, v.claim, v.run, v.checked_at, p.id, p.run, 1
  FROM verdicts v JOIN claims c ON c.id = v.claim JOIN verdicts p ON p.claim = c.earlier {{scope}}
  WHERE c.earlier IS NOT NULL AND v.number = 1 AND p.number =
    (SELECT max(number) FROM verdicts WHERE claim = c.earlier AND checked_at <= v.checked_at)
    AND (p.label <> v.label OR coalesce(p.reason, '') <> coalesce(v.reason, ''))
), d AS (
  SELECT pairs.*, coalesce((
    SELECT u.id FROM runs u JOIN runs f ON f.id = pairs.run_first
    WHERE u.article = f.article AND u.started_at < (SELECT started_at FROM runs WHERE id = pairs.run)
      AND pairs.before IN (SELECT value FROM json_each(u.confirmed))
    ORDER BY u.started_at DESC LIMIT 1
  ), run_first) AS run_before FROM pairs
), causes AS (
  SELECT d.*,
    EXISTS (SELECT * FROM ({_NOW}) EXCEPT SELECT * FROM ({_THEN}))
      OR EXISTS (SELECT * FROM ({_THEN}) EXCEPT SELECT * FROM ({_NOW})) AS moved,
    (SELECT judge || version FROM runs WHERE id = d.run_before) <> (SELECT judge || version FROM runs WHERE id = d.run)
      AS rejudged,
    EXISTS (SELECT 1 FROM evidence WHERE verdict = d.before) AND NOT EXISTS (
      SELECT passage FROM evidence WHERE verdict = d.before
      EXCEPT SELECT passage FROM evidence WHERE verdict = d.verdict
    ) AS same_words
  FROM d
)
SELECT verdict, before,
  CASE WHEN rewritten AND moved THEN 'article and source' WHEN rewritten THEN 'article'
    WHEN moved AND rejudged THEN CASE WHEN same_words THEN 'judge' ELSE 'source and judge' END
    WHEN moved THEN 'source' ELSE 'judge' END AS cause,
  checked_at
FROM causes
"""  # noqa: S608  our own words
# The rows of the table ``verdict_changes``, and those of the claims whose ids are in the JSON list ``:claims``.
VERDICT_CHANGES = _CAUSES.format(scope="")
VERDICT_CHANGES_OF = _CAUSES.format(scope="AND v.claim IN (SELECT value FROM json_each(:claims))")

_CHANGES = """
SELECT v.id AS verdict, v.claim AS claim, c.no AS no, c.statement AS statement, c.speaker AS speaker,
  p.label AS label_before, v.label AS label, p.confidence AS confidence_before, v.confidence AS confidence,
  CASE WHEN p.label <> v.label THEN 'label' WHEN coalesce(p.reason, '') <> coalesce(v.reason, '') THEN 'reason'
    WHEN v.statement_before IS NOT NULL THEN 'statement'
    WHEN p.judge <> v.judge THEN 'judge' WHEN abs(p.confidence - v.confidence) > 0.01 THEN 'confidence'
    ELSE 'evidence' END AS changed,
  d.cause AS cause, p.rationale AS rationale_before, v.rationale AS rationale, c.outlets AS outlets,
  c.article AS article, a.title AS title, coalesce(a.final_url, a.url) AS url, d.checked_at AS checked_at,
  v.run AS run, p.reason AS reason_before, v.reason AS reason
FROM verdict_changes d
CROSS JOIN verdicts v ON v.id = d.verdict
CROSS JOIN verdicts p ON p.id = d.before
CROSS JOIN claims c ON c.id = v.claim
CROSS JOIN articles a ON a.id = c.article
ORDER BY d.checked_at DESC, c.no, v.number DESC
"""

# The rows of the table ``unread_sources``: how often a source that could not be read is cited, and since when.
UNREAD_SOURCES = """
SELECT s.id AS state, json_array_length(coalesce(s.claims, '[]')) AS claims,
  coalesce(u.finished_at, u.started_at) AS since
FROM sources s JOIN runs u ON u.id = s.run
WHERE s.status = 'unavailable'
  AND s.number = (SELECT max(number) FROM sources WHERE article = s.article AND source = s.source)
"""
# The same of the articles whose ids are in the JSON list ``:articles``.
UNREAD_SOURCES_OF = f"{UNREAD_SOURCES} AND s.article IN (SELECT value FROM json_each(:articles))"  # noqa: S608  our own words

_UNREAD = """
SELECT s.source AS source, s.kind AS kind, coalesce(s.outlet, s.handle, s.text) AS outlet, s.url AS url,
  s.reason AS reason, s.detail AS detail, s.article AS article, a.title AS title, k.claims AS claims, k.since AS since
FROM unread_sources k
CROSS JOIN sources s ON s.id = k.state
CROSS JOIN articles a ON a.id = s.article
ORDER BY k.claims DESC, k.since DESC
"""

# What is kept as bytes, in hexadecimal digits.
_AS_TEXT = "CASE typeof(e.{0}) WHEN 'blob' THEN lower(hex(e.{0})) ELSE e.{0} END AS {0}"
_LOG = f"""
SELECT e.seq AS seq, p.at AS at, p.run AS run, p.action AS action, p.kind AS kind,
  {", ".join(_AS_TEXT.format(name) for name in ("row_id", "digest", "hash"))}
FROM log_entries e LEFT JOIN log_parts p ON p.part = e.part
"""  # noqa: S608  our own names

# In the order in which they are made: a view may stand on one before it.
VIEWS = {"log": _LOG, "current": _CURRENT, "queue": _QUEUE, "changes": _CHANGES, "unread": _UNREAD}

# The same as ``current`` for one claim, whether its article still makes it or not.
CLAIM = _WORKED_OUT.replace(_ALL_CLAIMS, "WHERE c.id = ?")

# The same as it stood after one of the claim's decisions: with the values ``claim``, ``number`` (of the decision) and
# ``wanted``, how many people had to agree then.
AFTER = f"""
WITH settings AS (SELECT 'sign_off' AS id, :wanted AS value),
reviews AS (SELECT * FROM main.reviews WHERE claim = :claim AND number <= :number),
verdicts AS (SELECT * FROM main.verdicts WHERE claim = :claim AND number <= (SELECT d.number FROM main.verdicts d
  JOIN main.reviews e ON e.verdict = d.id WHERE e.claim = :claim AND e.number = :number))
{CLAIM.replace("c.id = ?", "c.id = :claim")}
"""  # noqa: S608  our own words
