"""The files that others run the product by: held to the rules of those who read them, and to our own commands.

Images are not built here; linters, schemas and systemd's own checker read the files."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests import CHECKOUT
from tests.test_docs import command_fault
from web.store.settings import SETTINGS

DEPLOY = CHECKOUT / "docs" / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
PROGRAM = "/usr/local/lib/inspection-timeline/bin/inspection-timeline"
NEVER_TOGETHER = ("nginx", "caddy", "traefik", "haproxy", "apache", "httpd")


def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False, timeout=60)


def beside(program: str) -> Path:
    """A program that came with the packages for tests."""
    return Path(sys.executable).with_name(program)


def composed() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    return found


def commands() -> Iterator[tuple[str, list[str]]]:
    """Every command of ours that these files start, and where."""
    for unit in UNITS:
        for line in unit.read_text(encoding="utf-8").splitlines():
            if line.startswith("ExecStart=") and PROGRAM in line:
                yield unit.name, line.partition(f"{PROGRAM} ")[2].rstrip("'").split()
    for line in (DEPLOY / "crontab.example").read_text(encoding="utf-8").splitlines():
        for found in re.findall(r"inspection-timeline ((?:sources|news|ledger|store) [a-z-]+(?: --[a-z-]+)*)", line):
            yield "crontab.example", found.split()
    for name, service in composed()["services"].items():
        if "command" in service and name != "database":
            yield f"compose.yaml: {name}", list(service["command"])


def test_the_container_file_passes_its_linter():
    checked = run(beside("hadolint"), DEPLOY / "Containerfile")
    assert checked.returncode == 0, checked.stdout


def test_the_container_runs_as_nobody_in_particular_and_says_whether_it_is_ready():
    lines = (DEPLOY / "Containerfile").read_text(encoding="utf-8").splitlines()
    assert "USER 10001" in lines
    assert any("/readyz" in line for line in lines)
    assert lines.index("USER 10001") < lines.index('CMD ["serve"]')


def test_the_compose_file_fits_the_schema_of_compose():
    checked = run(beside("check-jsonschema"), "--builtin-schema", "vendor.compose-spec", DEPLOY / "compose.yaml")
    assert checked.returncode == 0, checked.stdout


def test_compose_brings_postgresql_and_no_proxy():
    services = composed()["services"]
    assert services["database"]["image"].startswith("postgres:")
    assert not any(name in str(services).casefold() for name in NEVER_TOGETHER)
    ours = [service for name, service in services.items() if name != "database"]
    assert all(service["read_only"] and service["cap_drop"] == ["ALL"] for service in ours)
    assert [port for service in services.values() for port in service.get("ports", ())] == ["127.0.0.1:8000:8000"]


def test_only_the_signer_may_write_to_the_signers_folder():
    mounts = {name: service["volumes"][-1] for name, service in composed()["services"].items() if name != "database"}
    assert [name for name, mount in mounts.items() if not mount.endswith(":ro")] == ["checkpoint"]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here to read units")
def test_systemd_reads_every_unit(tmp_path: Path):
    assert len(UNITS) >= 9
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8").replace(PROGRAM, "/bin/true")
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    checked = run("systemd-analyze", "verify", "--man=no", *sorted(tmp_path.iterdir()))
    assert (checked.returncode, checked.stderr) == (0, "")


def test_every_timer_has_its_service_and_every_service_a_start():
    names = {unit.name for unit in UNITS}
    timers = [name for name in names if name.endswith(".timer")]
    assert len(timers) == 4
    assert {name.replace(".timer", ".service") for name in timers} < names
    kept = "inspection-timeline.service"
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8")
        assert ("[Install]" in text) is (unit.suffix == ".timer" or unit.name == kept), unit.name


def test_every_command_that_is_started_is_one_of_ours():
    told = list(commands())
    assert {" ".join(words[:2]) for _, words in told} >= {
        "sources refresh",
        "news send",
        "ledger checkpoint",
        "ledger verify",
        "store backup",
    }
    faults = [(where, fault) for where, words in told if words != ["serve"] and (fault := command_fault(list(words)))]
    assert faults == []


def test_every_setting_in_these_files_is_one_of_ours():
    known = {setting.name for setting in SETTINGS}
    files = [path for path in DEPLOY.rglob("*") if path.is_file()]
    named = {name for path in files for name in re.findall(r"\bTIMELINE_[A-Z_]+", path.read_text(encoding="utf-8"))}
    assert len(named) >= 10
    assert named <= known
