"""The whole product on PostgreSQL: the same commands, the same answers as on SQLite."""

from __future__ import annotations

from pathlib import Path

from tests.installation import SMALL_HISTORY, Installation


def test_every_answer_is_the_same_on_both_databases(with_history: Installation, postgres_url: str, tmp_path: Path):
    other = Installation(tmp_path / "other", database_url=postgres_url)
    assert other.run("store", "migrate").exit_code == 0
    assert other.run("history", "import", other.write("again.yaml", SMALL_HISTORY)).exit_code == 0
    for words in (
        ("standing", "80563", "--as-at", "2022-10-31"),
        ("standing", "--all", "--as-at", "2026-09-01"),
        ("disagreements",),
    ):
        assert _lasting(other.answer(*words)) == _lasting(with_history.answer(*words))
    entries = other.answer("timeline", "80563")["entries"]
    assert _lasting(entries) == _lasting(with_history.answer("timeline", "80563")["entries"])
    assert other.run("projections", "rebuild").exit_code == 0
    assert other.answer("timeline", "80563")["entries"] == entries
    assert other.app.test_client().get("/readyz").status_code == 200
    assert other.app.test_client().get("/authorities/80563").status_code == 200
    other.store.close()


def test_what_only_its_own_tools_can_do_is_said_plainly(postgres_url: str, tmp_path: Path):
    installation = Installation(tmp_path / "instance", database_url=postgres_url)
    installation.run("store", "migrate")
    refused = installation.run("store", "backup", tmp_path / "copy.db")
    assert refused.exit_code == 2
    assert "pg_dump" in refused.stderr
    installation.store.close()


def _lasting(document: object) -> object:
    """An answer without what depends on when and where its events were kept."""
    if isinstance(document, dict):
        return {key: _lasting(value) for key, value in document.items() if key not in ("position", "recorded_at")}
    if isinstance(document, list):
        return [_lasting(item) for item in document]
    return document
