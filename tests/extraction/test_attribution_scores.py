from small_directory import SmallDirectory

from benchmarks import attributions as rule
from benchmarks import common
from claims.extraction.speech.attribution import attributions
from claims.extraction.text.document import parse_text
from claims.records import Page


def test_the_rule_matches_one_to_one_at_half_of_the_union():
    gold = [(((0, 10),), ((20, 25),)), (((0, 10),), ((30, 35),))]
    predicted = [(((0, 5),), ((20, 21),)), (((0, 4),), ((30, 31),))]
    assert rule.match(gold, predicted) == {0: 0}
    score = rule.Score()
    rule.add(score, gold, predicted)
    assert (score.gold, score.predicted, score.matched, score.right_speaker) == (2, 2, 1, 1)
    assert score.f1 == 0.5


def test_the_peers_saved_predictions_reach_what_was_measured_before(data_folder):
    folder = data_folder / "claims"
    gold = {row["id"]: rule.gold(row) for row in common.rows(folder / "attr_polnear.dev.jsonl.gz")}
    scores = {}
    for row in common.rows(folder / "peers_polnear.dev.jsonl.gz"):
        pairs = [(rule.spans(item["content"]), rule.spans(item["source"])) for item in row["attributions"]]
        rule.add(scores.setdefault(row["tool"], rule.Score()), gold[row["id"]], pairs)
    assert sorted(round(score.f1, 3) for score in scores.values()) == [0.213, 0.492]


def test_ours_are_well_ahead_of_them(data_folder):
    score, outlets = rule.Score(), SmallDirectory()
    for place, row in enumerate(common.rows(data_folder / "claims" / "attr_polnear.dev.jsonl.gz")):
        if place % 6:
            continue
        found = attributions(parse_text(row["text"]), Page(text=row["text"]), outlets)
        rule.add(score, rule.gold(row), [(item.content_spans, item.source_spans) for item in found])
    assert score.f1 >= 0.66
    assert score.speaker_recall >= 0.55
