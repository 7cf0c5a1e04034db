"""Each template and each address is compiled once for all the apps that the tests of one process make.

Tests make hundreds of apps, each with all of both: three quarters of what an app with one page costs is compiling."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule

from web import WebApp


class Templates(BytecodeCache):
    """What each template compiles to; by its name and its text."""

    def __init__(self) -> None:
        self.code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.code:
            bucket.bytecode_from_string(self.code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.code[bucket.key] = bucket.bytecode_to_string()


def keep_templates() -> None:
    WebApp.jinja_options = {**WebApp.jinja_options, "bytecode_cache": Templates()}


def keep_addresses() -> None:
    """Werkzeug writes a function for each address, of nothing but what the key holds; only its compiling is spared."""
    whole = Rule._compile_builder
    kept: dict[tuple[Any, ...], Callable[..., tuple[str, str]]] = {}

    def compile_builder(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        key = (rule.rule, tuple(rule._trace), repr(rule.defaults), append_unknown)
        if key not in kept:
            kept[key] = whole(rule, append_unknown)
        return kept[key]

    Rule._compile_builder = compile_builder  # type: ignore[method-assign]
