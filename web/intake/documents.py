"""YAML and JSON as plain values, within bounds: no anchors, tags or repeated keys, so that nothing unfolds."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import yaml

from web.intake.workbook import FileRefused

MOST_VALUES = 500_000
DEEPEST = 30

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WHOLE_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,17})")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}


def parse_json(text: str) -> Any:
    """Raises FileRefused."""
    try:
        return json.loads(text, object_pairs_hook=_mapping, parse_constant=_no_such_number)
    except RecursionError:
        raise FileRefused("it is nested too deeply") from None
    except ValueError as fault:
        raise FileRefused(f"it is not JSON that can be read ({fault})") from None


def _mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key is given twice")
    return made


def _no_such_number(name: str) -> None:
    raise ValueError(f"{name} is not a value")


def parse_yaml(text: str) -> Any:
    """One document as mappings by text key, lists, text, whole numbers, true, false and null; dates stay text.

    Values are built as the parser goes, so memory is bounded by the text. Raises FileRefused."""
    builder = _Builder()
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        where = f" at line {mark.line + 1}" if mark is not None else ""
        raise FileRefused(f"it is not YAML that can be read{where}") from None
    return builder.document


class _Builder:
    def __init__(self) -> None:
        self.document: Any = None
        self._documents = 0
        self._values = 0
        self._open: list[dict[str, Any] | list[Any]] = []
        self._keys: list[str | None] = []

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.NodeEvent):
            if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
                raise FileRefused("it uses anchors or aliases, which are not read")
            if getattr(event, "tag", None) is not None:
                raise FileRefused("it uses tags, which are not read")
            if isinstance(event, yaml.ScalarEvent):
                self._scalar(event)
            else:
                self._begin({} if isinstance(event, yaml.MappingStartEvent) else [])
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._open.pop()
            self._keys.pop()
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                raise FileRefused("it holds more than one document")

    def _begin(self, container: dict[str, Any] | list[Any]) -> None:
        self._place(container)
        self._open.append(container)
        self._keys.append(None)
        if len(self._open) > DEEPEST:
            raise FileRefused(f"it is nested more than {DEEPEST} deep")

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        inside = self._open[-1] if self._open else None
        if isinstance(inside, dict) and self._keys[-1] is None:
            if event.value in inside:
                raise FileRefused(f"it gives the key {event.value[:40]!r} twice")
            self._keys[-1] = event.value
            return
        self._place(_plain(event.value) if event.implicit[0] else event.value)

    def _place(self, value: Any) -> None:
        self._values += 1
        if self._values > MOST_VALUES:
            raise FileRefused(f"it holds more than {MOST_VALUES:,} values")
        inside = self._open[-1] if self._open else None
        if inside is None:
            self.document = value
        elif isinstance(inside, list):
            inside.append(value)
        else:
            key = self._keys[-1]
            if key is None:
                raise FileRefused("it uses a list or mapping as a key")
            inside[key] = value
            self._keys[-1] = None


def _plain(text: str) -> str | int | bool | None:
    word = text.casefold()
    if word in _WORDS:
        return _WORDS[word]
    return int(text) if _WHOLE_NUMBER.fullmatch(text) else text


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    def ignore_aliases(self, data: object) -> bool:
        return True


def _text(dumper: Any, text: str) -> Any:
    """A day is written without quotes, as people and other tools write it."""
    return dumper.represent_scalar(f"tag:yaml.org,2002:{'timestamp' if _is_day(text) else 'str'}", text)


def _is_day(text: str) -> bool:
    try:
        return bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII) and date.fromisoformat(text))
    except ValueError:
        return False


_Dumper.add_representer(str, _text)


def dump_yaml(document: object) -> str:
    """Plain values as YAML in the order given, without anchors; what `parse_yaml` reads back."""
    return str(yaml.dump(document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120))
