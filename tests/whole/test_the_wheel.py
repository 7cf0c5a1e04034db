"""The installable package: built, unpacked into an environment of its own, and used from another folder."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests import CHECKOUT
from tests.installation import SMALL_HISTORY
from web import STATIC

EARLIEST = "315619200"
"""A zip file knows no earlier day than that of 1980."""


@dataclass(frozen=True)
class Installed:
    """`inspection-timeline`, and a folder that has nothing of the checkout in it."""

    command: Path
    folder: Path
    wheel: Path

    def run(self, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("TIMELINE_", "PYTHON"))}
        return subprocess.run(
            [self.command, *words],
            cwd=self.folder,
            env=kept | environ,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )


def built(folder: Path) -> Path:
    words = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(CHECKOUT)]
    done = subprocess.run(words, env=os.environ | {"SOURCE_DATE_EPOCH": EARLIEST}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    if not STATIC.exists():
        pytest.skip("THE WHEEL WAS NOT TRIED: no styles are built. Run: python -m web.assets_build")
    folder = tmp_path_factory.mktemp("installed")
    wheel = built(folder / "dist")
    environment = folder / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    bins, packages = environment / "bin", next((environment / "lib").glob("python*/site-packages"))
    (packages / "libraries.pth").write_text(sysconfig.get_paths()["purelib"] + "\n", encoding="utf-8")
    into = [f"--python={bins / 'python'}", "install", "--quiet", "--no-deps", "--no-index", str(wheel)]
    subprocess.run([sys.executable, "-m", "pip", *into], check=True, capture_output=True)
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    return Installed(bins / "inspection-timeline", elsewhere, wheel)


def test_nothing_of_it_lies_where_another_package_may(installed: Installed):
    names = zipfile.ZipFile(installed.wheel).namelist()
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {"inspection_timeline"}
    inside = {name.removeprefix("inspection_timeline/product/") for name in names}
    assert {"wsgi.py", "web/england/england.json.xz", "web/static/manifest.json", "docs/verify_export.py"} <= inside
    assert not [name for name in names if "/tests/" in name or "__pycache__" in name]


def test_the_same_commit_gives_the_same_bytes(installed: Installed, tmp_path: Path):
    assert built(tmp_path).read_bytes() == installed.wheel.read_bytes()


def test_every_command_runs_from_anywhere_and_keeps_its_store_where_it_is_started(installed: Installed):
    (installed.folder / "small.yaml").write_text(SMALL_HISTORY, encoding="utf-8")
    done = installed.run("history", "import", "small.yaml")
    assert done.returncode == 0, done.stderr
    assert (installed.folder / "instance" / "ledger.db").exists()
    assert '"pathway"' in installed.run("standing", "80563", "--json").stdout
    assert installed.run("ledger", "verify").returncode == 0
    assert installed.run("--version").stdout.startswith("inspection-timeline, version ")
    damaged = installed.folder / "damaged.pdf"
    damaged.write_bytes(b"%PDF-1.7 and no more")
    read = installed.run("document", "read", "damaged.pdf", "--json")
    assert '"refused": "' in read.stdout, "the process that reads documents was started"


@pytest.fixture
def served(installed: Installed, tmp_path: Path) -> Iterator[str]:
    """The address of a first start with an empty home."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("TIMELINE_", "PYTHON"))}
    environ |= {"TIMELINE_HOME": str(tmp_path / "home"), "PYTHONUNBUFFERED": "1"}
    words = [str(installed.command), "serve", "--port", str(port := free_port())]
    with subprocess.Popen(words, cwd=installed.folder, env=environ, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        for line in server.stdout:
            if line.startswith("Inspection timeline is at"):
                break
        yield f"http://127.0.0.1:{port}"
        server.terminate()


def free_port() -> int:
    import socket

    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def test_a_first_start_serves_all_of_england_with_its_styles(served: str):
    start = urlopen(f"{served}/").read().decode()
    assert urlopen(f"{served}/authorities/80469").status == 200
    style = next(part for part in start.split('"') if part.startswith("/static/") and part.endswith(".css"))
    assert urlopen(f"{served}{style}").status == 200
    listed = urlopen(f"{served}/api/authorities").read().decode()
    assert listed.count('"pathway": "unknown"') + listed.count('"pathway":"unknown"') == 0
