"""A larger model teaches a smaller one: it is asked once and makes a difference. Needs the training's libraries."""

import json
import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="torch is not installed (training/requirements.txt)")
pytest.importorskip("transformers", reason="transformers is not installed (training/requirements.txt)")
pytest.importorskip("onnx", reason="onnx is not installed (training/requirements.txt)")

import numpy as np
import torch

from training import __main__ as command
from training import network, teach, train
from training.data import NOT_SUPPORTED, Pair
from training.plan import Plan, plan_for_card

Make = Callable[..., Path]


def _pairs(count: int, seed: int) -> list[Pair]:
    chance = random.Random(seed)
    words = ("yes", "no", "it", "is", "so", "mill", "bridge", "river", "rose", "fell", "sold", "bought", "old", "new")
    return [
        Pair(
            evidence=" ".join(chance.choices(words, k=chance.randint(4, 12))),
            claim=" ".join(chance.choices(words, k=chance.randint(2, 5))),
            label=0,
            source="a",
        )
        for _ in range(count)
    ]


def _plan(tiny: Make, tmp_path: Path, *teachers: Path) -> Plan:
    start = tiny("start", seed=1)
    (tmp_path / "out").mkdir(exist_ok=True)
    return Plan(init=start, out=tmp_path / "out", minutes=0.02, processes=1, tokens=512, rate=3e-3, teachers=teachers)


def _logits(folder: Path, pairs: list[Pair]) -> torch.Tensor:
    """What a folder's model says, asked plainly: one pair at a time and in full precision."""
    model, words = network.load_verifier(folder).eval(), network.tokenizer(folder / "tokenizer.json", 224)
    encoded = network.encode(words, [(pair.evidence, pair.claim) for pair in pairs])
    with torch.no_grad():
        return torch.cat([model(*network.collate([one])) for one in encoded])


def _student(plan: Plan, pairs: list[Pair], taught: torch.Tensor | None, steps: int = 60) -> Path:
    """A student after so many steps, from the same start in the same order."""
    torch.manual_seed(3)
    model = network.load_verifier(plan.init).train()
    words = network.tokenizer(plan.init / "tokenizer.json", plan.length)
    encoded = network.encode(words, [(pair.evidence, pair.claim) for pair in pairs])
    lesson = train.Lesson(encoded=encoded, labels=torch.tensor([pair.label for pair in pairs]), taught=taught)
    optimizer = train._optimizer(model, plan)
    train._set_rate(optimizer, plan.rate)
    for _, batches in zip(range(steps), train._step_batches(encoded, plan, 1), strict=False):
        train._training_step(model, optimizer, batches[0], lesson, "cpu", 1)
    network.save(model, plan.out)
    shutil.copyfile(plan.init / "tokenizer.json", plan.out / "tokenizer.json")
    return plan.out


def test_a_student_ends_nearer_to_its_teacher_than_one_without(tiny: Make, tmp_path: Path) -> None:
    plan = _plan(tiny, tmp_path, tiny("large", "mpnet", sure=8.0, seed=5))  # its tokenizer is another one, too
    pairs, held = _pairs(300, 1), _pairs(60, 2)
    taught = teach.lessons(plan, pairs)
    said = taught.argmax(1).tolist()  # what the teacher finds right is the label: they differ in how sure they are
    pairs = [replace(pair, label=NOT_SUPPORTED if one else 0) for pair, one in zip(pairs, said, strict=True)]
    wanted = torch.softmax(_logits(plan.teachers[0], held) / teach.HEAT, -1)
    far = {
        name: float(teach.distilled(_logits(folder, held), wanted))
        for name, folder in {
            "start": plan.init,
            "alone": _student(replace(plan, out=tmp_path / "alone"), pairs, None),
            "taught": _student(replace(plan, out=tmp_path / "taught"), pairs, taught),
        }.items()
    }
    assert far["taught"] < 0.7 * far["alone"], far
    assert far["taught"] < 0.7 * far["start"], far


def test_what_is_taught_is_the_mean_of_the_softened_answers(tiny: Make, tmp_path: Path) -> None:
    teachers = (tiny("one", "mpnet", sure=8.0), tiny("two", sure=4.0, seed=2))
    pairs = _pairs(40, 3)
    taught = teach.lessons(_plan(tiny, tmp_path, *teachers), pairs)
    wanted = sum(torch.softmax(_logits(one, pairs) / teach.HEAT, -1) for one in teachers) / 2
    assert torch.allclose(taught, wanted, atol=0.03)  # read in batches, in bf16 where there is any
    assert torch.allclose(taught.sum(1), torch.ones(40))


def test_a_stopped_run_does_not_ask_the_teacher_again(tiny: Make, tmp_path: Path) -> None:
    plan, pairs = _plan(tiny, tmp_path, tiny("large", "mpnet", sure=8.0)), _pairs(20, 4)
    first = teach.lessons(plan, pairs)
    (kept,) = plan.out.glob("taught-*.npy")
    rows = np.load(kept)
    rows[:] = [0.0, 50.0, 0.0]  # not what the teacher says
    rows[7] = np.nan  # not read yet, as if stopped before
    np.save(kept, rows)
    again = teach.lessons(plan, pairs)
    assert torch.allclose(again[7], first[7], atol=0.02)
    others = [place for place in range(20) if place != 7]
    assert torch.equal(again[others].argmax(1), torch.ones(19, dtype=torch.long))
    assert float(again[others, 1].min()) > 0.99


def test_other_pairs_another_teacher_or_length_are_read_anew(tiny: Make, tmp_path: Path) -> None:
    large, pairs = tiny("large", sure=8.0), _pairs(3, 5)
    other = tiny("other", sure=8.0, seed=9)
    keys = {
        teach._key(large, 224, pairs),
        teach._key(large, 224, pairs[::-1]),
        teach._key(large, 224, [replace(pairs[0], claim="no"), *pairs[1:]]),
        teach._key(large, 128, pairs),
        teach._key(other, 224, pairs),
    }
    assert len(keys) == 5
    assert teach._key(large, 224, [replace(pair, label=1, source="b") for pair in pairs]) in keys


def test_the_teachers_part_of_the_loss_is_as_it_is_described() -> None:
    logits = torch.tensor([[2.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
    labels = torch.tensor([0, NOT_SUPPORTED])
    taught = torch.tensor([[0.2, 0.5, 0.3], [0.1, 0.1, 0.8]])
    lesson = train.Lesson(encoded=[([1], [0])] * 2, labels=labels, taught=taught)
    own = torch.softmax(logits / teach.HEAT, -1)
    divergence = (taught * (taught / own).log()).sum(1).mean() * teach.HEAT**2
    wanted = (1 - teach.TRUST) * train.loss_of(logits, labels) + teach.TRUST * divergence
    assert torch.allclose(lesson.loss(logits, [0, 1]), wanted)
    assert torch.equal(replace(lesson, taught=None).loss(logits, [0, 1]), train.loss_of(logits, labels))
    assert float(teach.distilled(logits, own)) == pytest.approx(0.0, abs=1e-6)


def test_every_pair_is_in_one_batch_of_like_length() -> None:
    encoded = [([1] * length, [0] * length) for length in (3, 40, 5, 5, 100, 7, 2)]
    batches = list(teach._batches_by_length(encoded, 50))
    assert sorted(place for batch in batches for place in batch) == list(range(7))
    assert batches[0] == [4]  # longer than a batch may be, and still read
    assert all(len(batch) * max(len(encoded[place][0]) for place in batch) <= 50 for batch in batches[1:])


def test_a_training_with_a_teacher_runs_to_its_end(tiny: Make, tmp_path: Path) -> None:
    plan, pairs = _plan(tiny, tmp_path, tiny("large", "mpnet", sure=8.0)), _pairs(30, 6)
    train.train(plan, pairs, pairs[:5])
    assert json.loads((plan.out / "log.jsonl").read_text().splitlines()[-1])["finished"]
    assert plan_for_card(plan)["teachers"] == ["large"]
    teach.opened(plan.out, plan.length)  # what was taught can teach


def _without_head(folder: Path) -> None:
    weights = network.load_file(folder / "model.safetensors")
    bare = {name.removeprefix("bb."): value for name, value in weights.items() if not name.startswith("head.")}
    network.save_file(bare, folder / "model.safetensors")


def _configured(folder: Path, **values: object) -> None:
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(config | values))


@pytest.mark.parametrize(
    ("break_it", "said"),
    [
        (
            shutil.rmtree,
            "large is no teacher: it has no config.json, no tokenizer.json, no model",
        ),
        (lambda folder: (folder / "tokenizer.json").unlink(), "large is no teacher: it has no tokenizer.json"),
        (
            lambda folder: (folder / "model.safetensors").rename(folder / "model.int8.onnx"),
            "large is no teacher: it has no model.safetensors",
        ),
        (_without_head, "large is no teacher: its head was never trained"),
        (lambda folder: _configured(folder, model_type="roberta"), "large holds an encoder of the kind roberta; known"),
        (lambda folder: _configured(folder, hidden_size=64), "large: the weights do not fit: "),
        (lambda folder: _configured(folder, num_hidden_layers=3), "large is not a bert encoder: .* missing"),
        (lambda folder: (folder / "model.safetensors").write_bytes(b"no weights"), "large: the weights do not fit: "),
    ],
)
def test_a_wrong_folder_is_told_in_one_line(
    tiny: Make, tmp_path: Path, break_it: Callable[[Path], object], said: str
) -> None:
    start, large = tiny("start"), tiny("large", sure=8.0)
    break_it(large)
    words = ["--init", str(start), "--out", str(tmp_path / "out"), "--data", str(tmp_path), "--teacher", str(large)]
    with pytest.raises(SystemExit, match=said) as told:
        command.main(words)
    assert "\n" not in str(told.value)
    assert not (tmp_path / "out").exists()
