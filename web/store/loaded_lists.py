"""What the columns and words of a plan's list meant when it was last loaded, so that nobody is asked twice.

It holds no text of a list that may name a person: such texts are known again by their digest."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, delete, insert, select

from projections.engine.database import reading, writing
from web.store import tables as t


class LoadedLists:
    """One answer a plan, beside people; what was said last counts."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def of(self, plan: UUID) -> dict[str, Any]:
        """What was said of a plan's list; nothing where none was loaded."""
        with reading(self.engine) as connection:
            said = connection.scalar(select(t.loaded_list.c.said).where(t.loaded_list.c.plan == plan))
        return {} if said is None else json.loads(said)

    def keep(self, plan: UUID, said: dict[str, Any]) -> None:
        """In the place of what was kept."""
        with writing(self.engine) as connection:
            connection.execute(delete(t.loaded_list).where(t.loaded_list.c.plan == plan))
            connection.execute(insert(t.loaded_list).values(plan=plan, said=json.dumps(said).encode()))
