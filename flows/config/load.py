"""config.yaml found, read over the defaults and under the environment, and explained where it does not hold.

``factdesk --config`` wins over ``$FACTDESK_CONFIG``, that over ``./config.yaml``, that over the defaults; any
single value can be overruled by an environment variable (``FACTDESK_FETCH__TIMEOUT=5s``).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_settings import BaseSettings, InitSettingsSource, PydanticBaseSettingsSource

from flows.config.settings import PREFIX, Settings
from flows.errors import ConfigError

_BOOLEAN = "tag:yaml.org,2002:bool"


class _Loader(yaml.SafeLoader):
    """YAML where only true and false are booleans, as in YAML 1.2: `on:` is a key like any other."""


_Loader.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in resolvers if tag != _BOOLEAN]
    for sign, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(_BOOLEAN, re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF"))


def find_config(given: Path | None) -> Path | None:
    """The file that counts: the one given, ``$FACTDESK_CONFIG``, ``./config.yaml``, or none."""
    named = given or (Path(os.environ["FACTDESK_CONFIG"]) if os.environ.get("FACTDESK_CONFIG") else None)
    if named is not None and not named.is_file():
        raise ConfigError(f"{named}: no such configuration file; `factdesk init` writes one.")
    default = Path("config.yaml")
    return named or (default if default.is_file() else None)


def load_settings(given: Path | None = None) -> Settings:
    """The settings of this process.

    Relative paths in the file are relative to the working directory.

    Raises:
        ConfigError: with the file, the line, the key and what is allowed.
    """
    path = find_config(given)
    node = _parse(path)
    file = _Loader("").construct_document(node) if node is not None else {}

    class Configured(Settings):
        @classmethod
        def settings_customise_sources(
            cls, settings_cls: type[BaseSettings], *_: PydanticBaseSettingsSource, **sources: PydanticBaseSettingsSource
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            return sources["env_settings"], InitSettingsSource(settings_cls, init_kwargs=file)

    try:
        return Configured()
    except ValidationError as error:
        raise ConfigError("\n".join(_explain(error, path))) from error


def _parse(path: Path | None) -> yaml.Node | None:
    """The file's nodes with their line marks; raises ConfigError where it is not YAML or not a mapping."""
    if path is None:
        return None
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=_Loader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{path}:{mark.line + 1}" if mark else str(path)
        raise ConfigError(f"{place}: not readable as YAML: {getattr(error, 'problem', error)}.") from error
    if node is not None and not isinstance(node, yaml.MappingNode):
        raise ConfigError(f"{path}:1: expected `key: value` lines, such as `judge: embedded`.")
    return node


def _explain(error: ValidationError, path: Path | None) -> Iterator[str]:
    """One line for each thing that is wrong: where it stands, what it is, what is allowed."""
    root = _parse(path)
    for problem in error.errors():
        keys = [str(part) for part in problem["loc"]]
        message = problem["msg"].removeprefix("Value error, ")
        if problem["type"] == "extra_forbidden":
            message = f"unknown key; allowed here: {', '.join(_allowed(keys[:-1]))}"
        variable = PREFIX + "__".join(keys).upper()
        line = _line(root, keys)
        place = f"${variable}" if variable in os.environ else f"{path}:{line}" if path and line else str(path)
        yield f"{place}: {'.'.join(keys)}: {message}"


def _line(node: yaml.Node | None, keys: Iterable[str]) -> int | None:
    """The line of the deepest of ``keys`` that stands in the file."""
    line = None
    for key in keys:
        if isinstance(node, yaml.MappingNode):
            found = next(((k, v) for k, v in node.value if k.value == key), None)
            if found is None:
                break
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, yaml.SequenceNode) and key.isdigit() and int(key) < len(node.value):
            node = node.value[int(key)]
            line = node.start_mark.line + 1
        else:
            break
    return line


def _allowed(keys: Iterable[str]) -> list[str]:
    """The keys that may stand under ``keys``."""
    model: type[BaseModel] = Settings
    for key in keys:
        if key.isdigit():
            continue
        annotation = model.model_fields[key].annotation
        inner = [annotation, *getattr(annotation, "__args__", ())]
        model = next(kind for kind in inner if isinstance(kind, type) and issubclass(kind, BaseModel))
    return list(model.model_fields)
