"""The forms of the commonest verbs of saying, by which a misspelt one is known again."""

from __future__ import annotations

_IRREGULAR = """
say says said saying
tell tells told telling
write writes wrote written writing
think thinks thought thinking
begin begins began begun beginning
admit admits admitted admitting
deny denies denied denying
reply replies replied replying
"""
_REGULAR = """
add announce argue claim conclude confirm continue declare explain insist mention observe predict promise recall
remark repeat report respond stress suggest warn believe emphasize acknowledge comment state
"""


def _forms(verb: str) -> list[str]:
    stem = verb.removesuffix("e")
    return [verb, f"{verb}s", f"{stem}ed", f"{stem}ing"]


# Form -> lemma; forms of fewer than five letters are too near to other words to be guessed at.
SAYING_FORMS = {
    form: verbs[0]
    for verbs in [line.split() for line in _IRREGULAR.strip().splitlines()] + [_forms(v) for v in _REGULAR.split()]
    for form in verbs
    if len(form) >= 5
}
