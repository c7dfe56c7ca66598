"""Finds and reads config.yaml, applies defaults and environment variables, and explains invalid values.

``factdesk --config`` overrides ``$FACTDESK_CONFIG``, which overrides ``./config.yaml``, which overrides the defaults;
an environment variable (``FACTDESK_FETCH__TIMEOUT=5s``) overrides any single value.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_settings import BaseSettings, InitSettingsSource, PydanticBaseSettingsSource, SettingsError

from flows.config.settings import PREFIX, Settings
from flows.errors import ConfigError
from sources.markup.charset import legal

_LARGEST = 2_000_000  # bytes of the file
_MOST_VALUES = 50_000
_DEEPEST = 20  # levels; the settings have 5
_LONGEST = 10_000  # characters of one value
_LONGEST_NUMBER = 30  # digits
_LONGEST_LINE = 300  # characters of one message
# What a value must be, by the name that the library has for the error.
_KINDS = {
    "a list": ("tuple_type", "list_type", "set_type", "frozen_set_type", "iterable_type"),
    "lines of `key: value`": ("dict_type", "mapping_type", "model_type", "model_attributes_type", "dataclass_type"),
    "text": ("string_type",),
    "the name of a file or folder": ("path_type",),
    "true or false": ("bool_type", "bool_parsing"),
    "a whole number": ("int_type", "int_parsing", "int_from_float", "int_parsing_size"),
    "a number": ("float_type", "float_parsing", "finite_number"),
}
_PLAIN = {kind: f"must be {what}" for what, kinds in _KINDS.items() for kind in kinds} | {"missing": "is missing"}
_WORDS = ("tag:yaml.org,2002:str", "tag:yaml.org,2002:merge")
# What PyYAML raises for a value that is not what its tag says.
_UNMADE = (yaml.YAMLError, ValueError, TypeError, OverflowError, LookupError, AttributeError)
_BOOLEAN = "tag:yaml.org,2002:bool"


class _Loader(yaml.SafeLoader):
    """YAML where only true and false are booleans, as in YAML 1.2: `on:` is a key like any other."""


_Loader.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in resolvers if tag != _BOOLEAN]
    for sign, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(_BOOLEAN, re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF"))


def find_config(explicit: Path | None) -> Path | None:
    """The configuration file: the explicit one, ``$FACTDESK_CONFIG``, ``./config.yaml``, or None."""
    chosen = explicit or (Path(os.environ["FACTDESK_CONFIG"]) if os.environ.get("FACTDESK_CONFIG") else None)
    if chosen is not None and chosen.is_dir():
        raise ConfigError(f"{chosen}: this is a folder; name the file in it, such as {chosen / 'config.yaml'}.")
    if chosen is not None and not chosen.is_file():
        raise ConfigError(f"{chosen}: no such configuration file; `factdesk init` writes one.")
    default = Path("config.yaml")
    return chosen or (default if default.is_file() else None)


_FILE: ContextVar[dict[str, Any]] = ContextVar("file")  # the values of the file that is read


class _Configured(Settings):
    """The settings of the environment and of a file; made once, because pydantic takes 20 ms for it."""

    @classmethod
    def settings_customise_sources(
        cls, settings_cls: type[BaseSettings], *_: PydanticBaseSettingsSource, **sources: PydanticBaseSettingsSource
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment first, then the file."""
        return sources["env_settings"], InitSettingsSource(settings_cls, init_kwargs=_FILE.get())


def load_settings(explicit: Path | None = None) -> Settings:
    """Read the settings from the configuration file and the environment.

    Relative paths, also those of the defaults, are relative to the file's folder, or to the working directory if there
    is no file; in an environment variable, to the working directory.

    Raises:
        ConfigError: a value is invalid; the message has the file, the line, the key and what is allowed.
    """
    path = find_config(explicit)
    file = _file_values(path)
    if path is not None:
        _resolve_paths(file, path.parent)
    token = _FILE.set(file)
    try:
        configured = _Configured()
    except ValidationError as error:
        raise ConfigError("\n".join(_explain(error, path))) from error
    except SettingsError as error:
        raise ConfigError(f"an environment variable {PREFIX}...: {error}; write its value in YAML.") from error
    finally:
        _FILE.reset(token)
    # Of the class itself, which can be pickled: they travel with a setup.
    return Settings.model_construct(**dict(configured))


def _file_values(path: Path | None) -> dict[str, Any]:
    """The file as plain values; raises ConfigError, with the line, where one of them cannot be made."""
    node = _yaml_nodes(path)
    if node is None:
        return {}
    _check_nodes(node, str(path))
    try:
        return dict(_Loader("").construct_document(node))
    except _UNMADE as error:
        raise ConfigError(f"{_place_of_error(path, error)}: not readable as YAML: {_problem(error)}.") from error


def _resolve_paths(values: dict[str, Any], folder: Path) -> None:
    """Make the paths among the values of a file relative to its folder."""
    for key in ("ledger", "captures"):
        value = values.get(key, str(Settings.model_fields[key].default))
        if isinstance(value, str) and value:
            values[key] = str(folder / value)
    services = values.get("search")
    for service in services if isinstance(services, list) else ():
        if isinstance(service, dict) and isinstance(service.get("path"), str):
            service["path"] = str(folder / service["path"])


def _check_nodes(root: yaml.Node, path: str) -> None:
    """Raises ConfigError if there is too much of something, or a key that is no word.

    An alias counts each time that it is used, since each use is read.
    """
    stack: list[tuple[yaml.Node, int]] = [(root, 1)]
    for _ in range(_MOST_VALUES):
        if not stack:
            return
        node, depth = stack.pop()
        place = f"{path}:{node.start_mark.line + 1}"
        if depth > _DEEPEST:
            raise ConfigError(f"{place}: nested more than {_DEEPEST} levels deep.")
        if isinstance(node, yaml.ScalarNode) and (fault := _fault(node)):
            raise ConfigError(f"{place}: {fault}.")
        if isinstance(node, yaml.SequenceNode):
            stack.extend((child, depth + 1) for child in node.value)
        if isinstance(node, yaml.MappingNode):
            _check_keys(node, path)
            stack += [(child, depth + 1) for pair in node.value for child in pair]
    raise ConfigError(f"{path}: more than {_MOST_VALUES:,} values.")


def _check_keys(node: yaml.MappingNode, path: str) -> None:
    """Raises ConfigError for a key that is no word, and for one that is given twice, of which YAML takes the last."""
    lines: dict[str, int] = {}
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode) or key.tag not in _WORDS:
            raise ConfigError(f"{path}:{node.start_mark.line + 1}: a key must be a word, such as `judge`.")
        line = key.start_mark.line + 1
        if key.value in lines:
            name, first = _printable_key(key.value), lines[key.value]
            raise ConfigError(f"{path}:{line}: {name}: given twice, first in line {first}.")
        lines[key.value] = line


def _fault(node: yaml.ScalarNode) -> str:
    """What is wrong with one value by itself, in words; empty if nothing is."""
    if len(node.value) > _LONGEST:
        return f"a value of more than {_LONGEST:,} characters"
    if legal(node.value) != node.value:
        return "a value with a control character or another invalid character"
    if node.tag == "tag:yaml.org,2002:int" and len(node.value) > _LONGEST_NUMBER:
        return "the number is too long"
    try:
        _Loader("").construct_object(node) if node.tag not in _WORDS else None
    except _UNMADE as error:
        return f"not readable as YAML: {_problem(error)}"
    return ""


def _yaml_nodes(path: Path | None) -> yaml.Node | None:
    """The file's nodes with their line marks; raises ConfigError if it is not YAML or not a mapping."""
    if path is None:
        return None
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
        if len(data) > _LARGEST:
            raise ConfigError(f"{path}: larger than {_LARGEST:,} bytes.")
        node = yaml.compose(data.decode("utf-8"), Loader=_Loader)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror}).") from error
    except RecursionError as error:
        raise ConfigError(f"{path}: nested more than {_DEEPEST} levels deep.") from error
    except (yaml.YAMLError, ValueError) as error:
        raise ConfigError(f"{_place_of_error(path, error)}: not readable as YAML: {_problem(error)}.") from error
    if node is not None and not isinstance(node, yaml.MappingNode):
        raise ConfigError(f"{path}:1: expected `key: value` lines, such as `judge: embedded`.")
    return node


def _place_of_error(path: Path | None, error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    return f"{path}:{mark.line + 1}" if mark else str(path)


def _problem(error: Exception) -> str:
    """What is wrong, in one line."""
    return " ".join(str(getattr(error, "problem", None) or error).split())[:200]


def _explain(error: ValidationError, path: Path | None) -> Iterator[str]:
    """One line for each invalid value: its place, the problem, and what is allowed."""
    root = _yaml_nodes(path)
    for problem in error.errors():
        keys = [str(part) for part in problem["loc"]]
        message = _in_plain_words(problem["type"], problem["msg"])
        if problem["type"] in ("extra_forbidden", "unexpected_keyword_argument"):
            message = f"unknown key; allowed here: {', '.join(_allowed_keys(keys[:-1]))}"
        variable = PREFIX + "__".join(keys).upper()
        line = _line_of_key(root, keys)
        place = f"${variable}" if variable in os.environ else f"{path}:{line}" if path and line else str(path)
        yield f"{place}: {'.'.join(_printable_key(key) for key in keys)}: {message}"


def _in_plain_words(kind: str, message: str) -> str:
    """What is wrong with a value: our own message, or that of the library in the words of a YAML file."""
    words = " ".join(message.removeprefix("Value error, ").split()).replace("Input should be", "must be")
    return _PLAIN.get(kind, words)[:_LONGEST_LINE]


def _printable_key(key: str) -> str:
    return key if key.isprintable() and len(key) <= 80 else repr(key[:80])


def _line_of_key(node: yaml.Node | None, keys: Iterable[str]) -> int | None:
    """The line of the deepest of ``keys`` in the file."""
    line = None
    for key in keys:
        if isinstance(node, yaml.MappingNode):
            entry = next(((k, v) for k, v in node.value if k.value == key), None)
            if entry is None:
                break
            line, node = entry[0].start_mark.line + 1, entry[1]
        elif isinstance(node, yaml.SequenceNode) and key.isdigit() and int(key) < len(node.value):
            node = node.value[int(key)]
            line = node.start_mark.line + 1
        else:
            break
    return line


def _allowed_keys(keys: Iterable[str]) -> list[str]:
    """The keys that may be under ``keys``."""
    model: type[Any] = Settings
    for key in keys:
        if is_dataclass(model) or key not in model.model_fields:
            continue  # the number of an item
        annotation = model.model_fields[key].annotation
        inner = [annotation, *getattr(annotation, "__args__", ())]
        fitting = (
            part for part in inner if isinstance(part, type) and (issubclass(part, BaseModel) or is_dataclass(part))
        )
        model = next(fitting, model)
    return [part.name for part in fields(model)] if is_dataclass(model) else list(model.model_fields)
