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
from training import batches, losses, network, teach, train
from training.pair import NOT_SUPPORTED, Pair
from training.plan import Plan, plan_for_card
from training.prepared import Prepared, prepare

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


def _prepared(tiny: Make, pairs: list[Pair]) -> Prepared:
    return prepare(pairs, network.tokenizer(tiny("words") / "tokenizer.json", 224))


def _logits(folder: Path, pairs: list[Pair]) -> torch.Tensor:
    """What a folder's model says, asked plainly: one pair at a time, with its own tokenizer and in full precision."""
    model, words = network.load_verifier(folder).eval(), network.tokenizer(folder / "tokenizer.json", 224)
    encoded = network.encode(words, [(pair.evidence, pair.claim) for pair in pairs])
    with torch.no_grad():
        return torch.cat([model(*network.collate([one]))[0] for one in encoded])


def _student(plan: Plan, prepared: Prepared, taught: teach.Answers | None, steps: int = 60) -> Path:
    """A student after so many steps, from the same start in the same order."""
    torch.manual_seed(3)
    model = network.load_verifier(plan.init).train()
    lesson = train.Lesson(prepared=prepared, lengths=prepared.lengths, twins=prepared.twins.tolist(), kind="bert",
                          taught=taught)  # fmt: skip
    optimizer = train._optimizer(model, plan)
    train._set_rate(optimizer, plan.rate)
    for _, some in zip(range(steps), batches.step_batches(prepared, plan.tokens, 1, plan.seed), strict=False):
        train._training_step(model, optimizer, some[0], lesson, "cpu", 1)
    network.save(model, plan.out)
    shutil.copyfile(plan.init / "tokenizer.json", plan.out / "tokenizer.json")
    return plan.out


def test_a_student_ends_nearer_to_its_teacher_than_one_without(tiny: Make, tmp_path: Path) -> None:
    plan = _plan(tiny, tmp_path, tiny("large", "mpnet", sure=8.0, seed=5))
    pairs, held = _pairs(300, 1), _pairs(60, 2)
    taught = teach.lessons(plan, _prepared(tiny, pairs))
    said = taught.logits.argmax(
        1
    ).tolist()  # what the teacher finds right is the label: they differ in how sure they are
    pairs = [replace(pair, label=NOT_SUPPORTED if one else 0) for pair, one in zip(pairs, said, strict=True)]
    prepared = _prepared(tiny, pairs)
    wanted = torch.softmax(_logits(plan.teachers[0], held) / losses.HEAT, -1)
    far = {
        name: float(losses.distilled(_logits(folder, held), wanted))
        for name, folder in {
            "start": plan.init,
            "alone": _student(replace(plan, out=tmp_path / "alone"), prepared, None),
            "taught": _student(replace(plan, out=tmp_path / "taught"), prepared, taught),
        }.items()
    }
    assert far["taught"] < 0.7 * far["alone"], far
    assert far["taught"] < 0.7 * far["start"], far


def test_what_is_taught_is_the_mean_of_the_answers(tiny: Make, tmp_path: Path) -> None:
    teachers = (tiny("one", "mpnet", sure=8.0), tiny("two", sure=4.0, seed=2))
    pairs = _pairs(40, 3)
    taught = teach.lessons(_plan(tiny, tmp_path, *teachers), _prepared(tiny, pairs))
    wanted = sum(_logits(one, pairs) for one in teachers) / 2
    assert torch.allclose(taught.logits, wanted, atol=0.1)  # read in batches, in bf16 where there is any


@pytest.mark.parametrize("kind", ["bert", "mpnet"])
def test_marks_of_words_come_back_at_their_places(tiny: Make, kind: str) -> None:
    folder, pairs = tiny("one", kind, sure=4.0), _pairs(30, 7)
    prepared, model = _prepared(tiny, pairs), network.load_verifier(folder)
    found = teach.answers(model, prepared, "cpu", 256, words=True)
    words = network.tokenizer(folder / "tokenizer.json", 224)
    assert found.unsaid is not None
    for place, (ids, kinds) in enumerate(network.encode(words, [(pair.evidence, pair.claim) for pair in pairs])):
        with torch.no_grad():
            _, wanted = model.eval()(*network.collate([(ids, kinds)]))
        start, stop = int(prepared.starts[place] + prepared.claims[place]), int(prepared.starts[place + 1]) - 1
        first = kinds.index(1)
        assert torch.allclose(found.unsaid[start:stop].float(), wanted[0, first:-1], atol=0.1)
        assert found.unsaid[int(prepared.starts[place]) : start].isnan().all()
    of_batch = found.of(prepared, torch.tensor([3, 1]), max(prepared.lengths), "bert")
    assert of_batch.unsaid is not None
    assert int((~of_batch.unsaid[0].isnan()).sum()) == len(pairs[3].claim.split())


def test_a_stopped_run_does_not_ask_the_teacher_again(tiny: Make, tmp_path: Path) -> None:
    plan, prepared = _plan(tiny, tmp_path, tiny("large", "mpnet", sure=8.0)), _prepared(tiny, _pairs(20, 4))
    first = teach.lessons(plan, prepared).logits
    (kept,) = plan.out.glob("taught-*.npy")
    rows = np.load(kept)
    rows[:] = [0.0, 50.0, 0.0]  # not what the teacher says
    rows[7] = np.nan  # not read yet, as if stopped before
    np.save(kept, rows)
    again = teach.lessons(plan, prepared).logits
    assert torch.allclose(again[7], first[7], atol=0.1)
    others = [place for place in range(20) if place != 7]
    assert torch.equal(again[others], torch.tensor([[0.0, 50.0, 0.0]] * 19))


def test_other_pairs_or_another_teacher_are_read_anew(tiny: Make) -> None:
    large, pairs = tiny("large", sure=8.0), _pairs(3, 5)
    other = tiny("other", sure=8.0, seed=9)
    keys = {
        teach._answers_key(large, _prepared(tiny, pairs)),
        teach._answers_key(large, _prepared(tiny, pairs[::-1])),
        teach._answers_key(large, _prepared(tiny, [replace(pairs[0], claim="no"), *pairs[1:]])),
        teach._answers_key(other, _prepared(tiny, pairs)),
    }
    assert len(keys) == 4
    same = [replace(pair, label=1, source="b") for pair in pairs]
    assert teach._answers_key(large, _prepared(tiny, same)) in keys


def test_a_training_with_a_teacher_runs_to_its_end(tiny: Make, tmp_path: Path) -> None:
    plan, prepared = _plan(tiny, tmp_path, tiny("large", "mpnet", sure=8.0)), _prepared(tiny, _pairs(30, 6))
    train.train(plan, prepared, prepared)
    assert json.loads((plan.out / "log.jsonl").read_text().splitlines()[-1])["finished"]
    assert plan_for_card(plan)["teachers"] == ["large"]
    teach.check_teacher(plan.out)  # what was taught can teach


def test_logits_of_other_pairs_are_refused(tiny: Make, tmp_path: Path) -> None:
    prepared = _prepared(tiny, _pairs(5, 8))
    np.save(tmp_path / "taught.npy", np.zeros((5, 3), np.float16))
    assert teach.read_taught(tmp_path / "taught.npy", prepared).logits.shape == (5, 3)
    with pytest.raises(ValueError, match="answers to 5 pairs, and there are 4"):
        teach.read_taught(tmp_path / "taught.npy", _prepared(tiny, _pairs(4, 8)))


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
