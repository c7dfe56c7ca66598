"""Minimal pairs: twins are found, their differences marked, kept together in a batch, and set apart by the loss."""

from pathlib import Path

import pytest

pytest.importorskip("torch", reason="torch is not installed (training/requirements.txt)")
pytest.importorskip("transformers", reason="transformers is not installed (training/requirements.txt)")
pytest.importorskip("onnx", reason="onnx is not installed (training/requirements.txt)")

from collections.abc import Callable

import torch

from training import batches, losses, network, pieces
from training.pair import NEI, NOT_SUPPORTED, REFUTED, SUPPORTED, Pair
from training.prepared import ARRAYS, prepare, read, write
from training.twins import SAID, UNKNOWN, UNSAID, find_twins, token_marks

Make = Callable[..., Path]


@pytest.mark.parametrize(
    ("groups", "claims", "labels", "wanted"),
    [
        ("aa", ["the bridge fell", "the bridge rose"], [SUPPORTED, REFUTED], [-1, 0]),
        ("aab", ["the bridge fell", "the mill was sold", "the bridge rose"], [0, 0, 1], [-1, -1, -1]),
        ("aaa", ["the mill was sold", "the bridge fell", "the bridge fell down"], [0, 0, 3], [-1, -1, 1]),
        ("ab", ["the bridge fell", "the bridge fell"], [SUPPORTED, NEI], [-1, 0]),  # another text without it
        ("aa", ["the bridge fell", "nobody knows why"], [SUPPORTED, NOT_SUPPORTED], [-1, -1]),
    ],
)
def test_a_claim_has_the_twin_that_its_text_supports(
    groups: str, claims: list[str], labels: list[int], wanted: list[int]
) -> None:
    assert find_twins(list(groups), claims, labels) == wanted


@pytest.mark.parametrize(
    ("claim", "twin", "label", "wanted"),
    [
        ([5, 6, 7], None, SUPPORTED, [SAID] * 3),
        ([5, 6, 7], [5, 8, 7], REFUTED, [SAID, UNSAID, SAID]),
        ([5, 6, 9, 7], [5, 6, 7], NOT_SUPPORTED, [SAID, SAID, UNSAID, SAID]),
        ([5, 7], [5, 6, 7], NOT_SUPPORTED, [UNKNOWN] * 2),  # something is missing: no word of it is wrong
        ([5, 6, 7], [1, 2, 3], REFUTED, [UNKNOWN] * 3),
        ([5, 6], None, NEI, [UNKNOWN] * 2),
    ],
)
def test_what_two_claims_differ_in_is_not_said(
    claim: list[int], twin: list[int] | None, label: int, wanted: list[int]
) -> None:
    assert token_marks(claim, twin, label) == wanted


BRIDGE = "old bridge fell so it is no new mill"
PAIRS = [
    Pair(evidence="old mill is sold", claim="it is so", label=NEI, source="x", group="c"),
    Pair(evidence=BRIDGE, claim="old bridge fell", label=SUPPORTED, source="x", group="a"),
    Pair(evidence=BRIDGE, claim="old bridge rose", label=REFUTED, source="y", group="a"),
    Pair(evidence="yes", claim="mill rose", label=SUPPORTED, source="y", group="b"),
]


@pytest.mark.parametrize("kind", ["bert", "mpnet"])
def test_a_batch_is_what_the_tokenizer_of_its_model_gives(tiny: Make, kind: str) -> None:
    prepared = prepare(PAIRS, network.tokenizer(tiny("words") / "tokenizer.json", 224))
    own = network.tokenizer(tiny("own", kind) / "tokenizer.json", 224)
    ids, mask, kinds = prepared.batch(torch.arange(4), max(prepared.lengths) + 3, kind)
    marks = prepared.marked(torch.arange(4), max(prepared.lengths) + 3, kind)
    for row, (wanted, segments) in enumerate(network.encode(own, [(pair.evidence, pair.claim) for pair in PAIRS])):
        size = len(wanted)
        assert ids[row, :size].tolist() == wanted
        assert kinds[row, :size].tolist() == segments
        assert mask[row].tolist() == [1] * size + [0] * (mask.shape[1] - size)
    assert [own.id_to_token(int(one)) for one in ids[2][marks[2] == UNSAID]] == ["rose"]
    assert int((marks[1] == SAID).sum()) == 3


def test_twins_are_in_one_batch(tiny: Make) -> None:
    prepared = prepare(PAIRS * 5, network.tokenizer(tiny("words") / "tokenizer.json", 224))
    twins = prepared.twins.tolist()
    steps = batches.step_batches(prepared, 64, 1, 1)
    seen: list[int] = []
    while len(set(seen)) < len(prepared):
        [batch] = next(steps)
        seen += batch
        within = batches.twins_within(batch, twins).tolist()
        assert all(
            batch[other] == twins[place] for place, other in zip(batch, within, strict=True) if twins[place] >= 0
        )


def test_every_pair_is_in_one_batch_of_like_length() -> None:
    lengths = (3, 40, 5, 5, 100, 7, 2)
    found = list(batches.batches_by_length(lengths, 50))
    assert sorted(place for batch in found for place in batch) == list(range(7))
    assert found[0] == [4]  # longer than a batch may be, and still read
    assert all(len(batch) * max(lengths[place] for place in batch) <= 50 for batch in found[1:])


def test_pairs_are_written_and_read(tiny: Make, tmp_path: Path) -> None:
    prepared = prepare(PAIRS, network.tokenizer(tiny("words") / "tokenizer.json", 224))
    write(prepared, tmp_path / "pairs.npz")
    again = read(tmp_path / "pairs.npz")
    assert again.names == prepared.names
    assert all(torch.equal(getattr(again, name).long(), getattr(prepared, name).long()) for name in ARRAYS)


@pytest.mark.parametrize(
    ("logits", "wanted"),
    [
        ([[4.0, -4.0, -4.0], [-4.0, 4.0, -4.0]], 0.0),  # far enough apart
        ([[1.0, 0.0, 0.0], [1.0, 0.0, 0.0]], losses.MARGIN),
    ],
)
def test_a_changed_claim_is_to_stand_below_its_twin(logits: list[list[float]], wanted: float) -> None:
    assert float(losses.pairs_loss(torch.tensor(logits), torch.tensor([-1, 0]))) == pytest.approx(wanted)


def test_the_loss_is_as_it_is_described() -> None:
    logits = torch.tensor([[2.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
    labels, twins = torch.tensor([0, NOT_SUPPORTED]), torch.tensor([-1, 0])
    marks, unsaid = torch.tensor([[SAID, UNKNOWN], [UNSAID, UNKNOWN]]), torch.tensor([[-1.0, 9.0], [0.5, 9.0]])
    target = losses.Target(labels=labels, twins=twins, marks=marks)
    words = (
        torch.nn.functional.softplus(torch.tensor(-1.0))
        + losses.RARE * torch.nn.functional.softplus(torch.tensor(-0.5))
    ) / 2
    alone = losses.labels_loss(logits, labels)
    rest = losses.PAIRED * losses.pairs_loss(logits, twins) + losses.WORDED * words
    assert torch.allclose(losses.loss_of(logits, unsaid, target), alone + rest)
    heated = torch.log(torch.tensor([[0.2, 0.5, 0.3], [0.1, 0.1, 0.8]])) * losses.HEAT
    taught = losses.Target(labels=labels, twins=twins, marks=marks, taught=losses.Taught(logits=heated))
    own, shares = torch.softmax(logits / losses.HEAT, -1), torch.softmax(heated / losses.HEAT, -1)
    divergence = (shares * (shares / own).log()).sum(1).mean() * losses.HEAT**2
    wanted = (1 - losses.TRUST) * alone + losses.TRUST * divergence + rest
    assert torch.allclose(losses.loss_of(logits, unsaid, taught), wanted)
    assert float(losses.distilled(logits, own)) == pytest.approx(0.0, abs=1e-6)


def test_a_teachers_mark_stands_in_where_the_pair_tells_nothing() -> None:
    marks = torch.tensor([[UNKNOWN, UNKNOWN]])
    zero = torch.zeros(1, 2)
    target = losses.Target(labels=torch.tensor([2]), twins=torch.tensor([-1]), marks=marks)
    assert float(losses.words_loss(zero, target)) == 0.0
    taught = losses.Taught(logits=torch.zeros(1, 3), unsaid=torch.tensor([[9.0, float("nan")]]))
    asked = losses.Target(labels=torch.tensor([2]), twins=torch.tensor([-1]), marks=marks, taught=taught)
    near, far = torch.tensor([[5.0, -5.0]]), torch.tensor([[-5.0, -5.0]])
    assert float(losses.words_loss(near, asked)) < float(losses.words_loss(far, asked))


def test_weights_go_through_pieces_nearly_unchanged(tiny: Make, tmp_path: Path) -> None:
    weights = network.load_verifier(tiny("one", "mpnet", sure=4.0)).state_dict()
    paths = pieces.write_pieces(weights, tmp_path, "one", piece=20_000)
    assert len(paths) > 1
    again = pieces.read_pieces(tmp_path, "one")
    assert set(again) == set(weights)
    for name, value in weights.items():
        assert float((again[name] - value).norm()) <= 0.012 * float(value.norm()) + 1e-6, name
    with pytest.raises(ValueError, match="has no two"):
        pieces.read_pieces(tmp_path, "two")


def test_evenly_spaced_layers_are_kept(tiny: Make) -> None:
    model = network.load_verifier(tiny("one"))
    first = model.bb.encoder.layer[0]
    assert network.keep_layers(model, 0).bb.config.num_hidden_layers == 2
    assert list(network.keep_layers(model, 1).bb.encoder.layer) == [first]
    assert model.bb.config.num_hidden_layers == 1
