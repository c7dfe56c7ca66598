"""What language models may be sent: which of them run here, and the names that are replaced."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_consult import GOOD, NEEDS_LLM, PAIRS, provider

from claims.errors import ModelError
from claims.records import LlmPolicy
from claims.verification.judges.load import load_judge, load_reader
from claims.verification.judges.prompts import Masks
from flows.config.load import load_settings


def known(address: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A model of the name "local" at an address."""
    entry = f"- model_id: local\n  model_name: local\n  api_base: {address}\n  can_stream: false\n"
    (folder / "extra-openai-models.yaml").write_text(entry, encoding="utf-8")
    monkeypatch.setenv("LLM_USER_PATH", str(folder))
    monkeypatch.setenv("OPENAI_API_KEY", "none")


@NEEDS_LLM
@pytest.mark.parametrize(
    ("address", "here"),
    [
        ("http://127.0.0.1:9/v1", True),
        ("http://localhost:9/v1", True),
        ("http://[::1]:9/v1", True),
        ("http://127.9.9.9/v1", True),
        ("https://api.example/v1", False),
        ("http://localhost.example/v1", False),
        ("http://127.0.0.1.example/v1", False),
        ("http://192.168.1.5:8080/v1", False),
        ("http://127.0.0.1@api.example/v1", False),
        ("null", False),
    ],
)
def test_a_server_that_is_not_this_machine_must_be_allowed(
    address: str, here: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known(address, tmp_path, monkeypatch)
    for load in (load_judge, load_reader):
        if here:
            assert load("llm:local") is not None
            continue
        with pytest.raises(ModelError, match=r"llm: \{remote: true\}") as refused:
            load("llm:local")
        assert "\n" not in str(refused.value)
        assert load("llm:local", LlmPolicy(remote=True)) is not None


@NEEDS_LLM
def test_a_known_name_of_a_provider_is_not_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LLM_USER_PATH", str(tmp_path))
    for name in ("llm:gpt-4o-mini", "agree(lexical, llm:gpt-4o-mini)"):
        with pytest.raises(ModelError, match="not known to run on this machine"):
            load_judge(name)
        assert load_judge(name, LlmPolicy(remote=True)).version


@NEEDS_LLM
def test_masked_names_are_not_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = PAIRS[0][0].split()[1]
    with provider(lambda _: (200, GOOD)) as (address, asked):
        known(address, tmp_path, monkeypatch)
        load_judge("llm:local").judge(PAIRS[:1])
        load_judge("llm:local", LlmPolicy(mask=(name,))).judge(PAIRS[:1])
    first, *_, last = [one["messages"][-1]["content"] for one in asked]
    assert name in first
    assert "Person A" in last
    assert name not in last


@pytest.mark.parametrize(
    ("names", "text", "sent"),
    [
        (("Anna Berg",), "Anna Berg met Anna.", "Person A met Anna."),
        (("Anna", "Anna Berg"), "Anna Berg met Anna's son.", "Person B met Person A's son."),
        (("Al",), "Also Al and Alan.", "Also Person A and Alan."),
        (("C++ (Ltd)",), "C++ (Ltd) grew.", "Person A grew."),
        ((), "Anna Berg met Person A.", "Anna Berg met Person A."),
        (("", " "), "Nobody.", "Nobody."),
        (tuple(f"N{number}" for number in range(28)), "N0 N25 N26 N27", "Person A Person Z Person AA Person AB"),
    ],
)
def test_names_are_replaced_and_put_back(names: tuple[str, ...], text: str, sent: str) -> None:
    masks = Masks(names)
    assert masks.hide(text) == sent
    assert masks.show(sent) == (text if names else sent)


def test_a_stand_in_that_stands_in_the_text_is_refused() -> None:
    with pytest.raises(ModelError, match="'Person A'"):
        Masks(("Anna",)).hide("Anna met Person A.")


def test_the_settings_say_what_may_be_sent(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text("llm: {remote: true, mask: [Anna Berg]}\n", encoding="utf-8")
    assert load_settings(path).llm.policy == LlmPolicy(remote=True, mask=("Anna Berg",))
    path.write_text("", encoding="utf-8")
    assert load_settings(path).llm.policy == LlmPolicy()
