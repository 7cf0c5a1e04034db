"""The browser's files: exact versions, nothing of GOV.UK's own face, small, kept for ever under their digest."""

from __future__ import annotations

import ast
import gzip
import hashlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import CHECKOUT
from web import STATIC, create_app
from web.store.settings import Settings

HTMX_4_0_1 = "a0abb04f2f45a1f89d1d4844023245537e5e6014c87b144553e0607b4cc32130"
"""SHA-256 of `dist/htmx.min.js` in htmx.org 4.0.1."""

LOCKS = (
    *("requirements.txt", "requirements-test.txt", "requirements-bench.txt", "requirements-node.txt"),
    "package-lock.json",
)

built = pytest.mark.skipif(not STATIC.exists(), reason="NO BROWSER FILES: run `make assets`")


def named(name: str) -> Path:
    manifest = json.loads((STATIC / "manifest.json").read_text(encoding="utf-8"))
    return STATIC / manifest[name]


@built
def test_htmx_is_the_very_file_of_its_release_with_its_licence_beside_it():
    assert hashlib.sha256(named("htmx.min.js").read_bytes()).hexdigest() == HTMX_4_0_1
    assert "Zero-Clause BSD" in (STATIC / "htmx.LICENSE.txt").read_text(encoding="utf-8")


@built
def test_every_name_carries_the_digest_of_what_is_in_the_file():
    manifest = json.loads((STATIC / "manifest.json").read_text(encoding="utf-8"))
    assert set(manifest) == {"htmx.min.js", "icon.svg", "timeline.css", "timeline.js"}
    for name in manifest.values():
        digest = name.split(".")[-2]
        assert hashlib.sha256((STATIC / name).read_bytes()).hexdigest().startswith(digest)


@built
def test_the_styles_hold_no_font_crest_or_address_of_anyone():
    css = named("timeline.css").read_text(encoding="utf-8")
    assert "GDS Transport" not in css
    assert "@font-face" not in css
    assert "url(" not in css
    assert "crest" not in css
    assert "system-ui" in css
    assert "MIT License" in css


@built
def test_the_styles_cover_the_classes_that_pages_use():
    css = named("timeline.css").read_text(encoding="utf-8")
    used = set()
    for template in (CHECKOUT / "web" / "templates").rglob("*.html"):
        for classes in re.findall(r'class="([^"{]*)', template.read_text(encoding="utf-8")):
            used |= {re.split("__|--", name)[0] for name in classes.split() if name.startswith("govuk-")}
    assert len(used) >= 10
    assert {name for name in used if f".{name}" not in css} == set()


def words_of_classes() -> set[str]:
    """Whatever could be a class: words inside tags and expressions of templates, in short strings of modules, and of
    the script. A word that ends in a hyphen is the beginning of a class that is put together."""
    name = re.compile(r"[A-Za-z_][\w-]*")
    found = set(name.findall((CHECKOUT / "web" / "assets" / "timeline.js").read_text(encoding="utf-8")))
    for template in (CHECKOUT / "web" / "templates").rglob("*.html"):
        text = re.sub(r"\{#.*?#\}", "", template.read_text(encoding="utf-8"), flags=re.DOTALL)
        for code in re.findall(r"<[^>]*>|\{\{.*?\}\}|\{%.*?%\}", text, flags=re.DOTALL):
            found.update(name.findall(code))
    for module in (CHECKOUT / "web").rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < 60:
                found.update(name.findall(node.value))
    return found


@built
def test_every_class_of_our_own_sheets_is_used():
    css = re.sub(r"/\*.*?\*/", "", named("timeline.css").read_text(encoding="utf-8"), flags=re.DOTALL)
    selectors = [text for text in re.findall(r"([^{}]+)\{", css) if not text.strip().startswith("@")]
    styled = {name for text in selectors for name in re.findall(r"\.([A-Za-z_][\w-]*)", text)}
    ours = {name for name in styled if not name.startswith("govuk-")}
    used = words_of_classes()
    beginnings = tuple(word for word in used if word.endswith("-"))
    assert len(ours) >= 100
    assert sorted(name for name in ours - used if not name.startswith(beginnings)) == []


@built
def test_a_first_page_is_small(tmp_path: Path):
    browser = create_app(Settings(home=tmp_path)).test_client()
    page = browser.get("/nowhere").text
    files = re.findall(r'(?:src|href)="(/static/[^"]+)"', page)
    sizes = [len(gzip.compress(page.encode()))]
    for address in files:
        response = browser.get(address, headers={"Accept-Encoding": "gzip"})
        assert response.status_code == 200
        sizes.append(len(response.data))
        response.close()
    assert len(sizes) <= 6
    assert sum(sizes) <= 45 * 1024


@built
def test_browsers_keep_files_for_a_year_and_get_them_compressed(tmp_path: Path):
    browser = create_app(Settings(home=tmp_path)).test_client()
    address = f"/static/{named('timeline.css').name}"
    for encoding in ("br", "gzip"):
        response = browser.get(address, headers={"Accept-Encoding": encoding})
        assert response.headers["Content-Encoding"] == encoding
        assert "immutable" in response.headers["Cache-Control"]
        assert int(re.search(r"max-age=(\d+)", response.headers["Cache-Control"])[1]) >= 31_536_000
        assert "Accept-Encoding" in response.headers["Vary"]
        response.close()


def test_nothing_is_installed_through_a_link_into_another_checkout(tmp_path: Path):
    theirs, ours = tmp_path / "theirs", tmp_path / "ours"
    (theirs / "node_modules" / "sass").mkdir(parents=True)
    (ours / "web").mkdir(parents=True)
    shutil.copy(CHECKOUT / "web" / "assets_build.py", ours / "web")
    shutil.copy(CHECKOUT / "package.json", ours)
    (ours / "node_modules").symlink_to(theirs / "node_modules")

    words = [sys.executable, "-m", "web.assets_build"]
    said = subprocess.run(words, cwd=ours, capture_output=True, text=True, check=False)

    assert said.returncode == 1
    assert "node_modules is a link, and what it leads to would be emptied. Remove it." in said.stderr
    assert (theirs / "node_modules" / "sass").is_dir()
    assert not (ours / "web" / "static.new").exists()


@pytest.mark.parametrize("name", LOCKS)
def test_locks_hold_digests_and_no_download_address(name: str):
    text = (CHECKOUT / name).read_text(encoding="utf-8")
    assert "--hash=sha256:" in text or '"integrity"' in text
    assert '"resolved"' not in text
    assert "index-url" not in text
    assert "find-links" not in text
    if name.endswith(".txt"):
        assert "://" not in text
        pinned = [line for line in text.splitlines() if line and not line.startswith(("#", " "))]
        assert pinned
        assert all("==" in line for line in pinned)


def test_every_dependency_is_in_its_lock():
    project = (CHECKOUT / "pyproject.toml").read_text(encoding="utf-8")
    wanted = project[project.index("dependencies = [") : project.index("[project.optional-dependencies]")]
    test = project[project.index("test = [") : project.index("[dependency-groups]")]

    def names(text: str) -> set[str]:
        return {
            name.lower().replace("_", "-") for name in re.findall(r'^    "([A-Za-z0-9_-]+)', text, flags=re.MULTILINE)
        }

    def locked(file: str) -> set[str]:
        return set(re.findall(r"^([a-z0-9._-]+)==", (CHECKOUT / file).read_text(encoding="utf-8"), flags=re.MULTILINE))

    assert len(names(wanted)) > 10
    assert names(wanted) <= locked("requirements.txt")
    assert names(wanted) | names(test) <= locked("requirements-test.txt")
