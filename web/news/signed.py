"""Links in mails that prove they came from here: to confirm an address, and to leave."""

from __future__ import annotations

from uuid import UUID

from itsdangerous import BadData, URLSafeSerializer, URLSafeTimedSerializer

from web.store.followers import Follow

CONFIRMS, LEAVES = "follow: confirm", "follow: leave"

DAYS = 7
"""How long a link to confirm an address can be used."""


def to_confirm(key: str, follow: Follow) -> str:
    """Good for seven days, for this address alone."""
    return str(URLSafeTimedSerializer(key, salt=CONFIRMS).dumps([follow.id.hex, follow.address]))


def confirmed(key: str, token: str) -> tuple[UUID, str] | None:
    """Whose address a link confirms; None for a link that is too old or not ours."""
    try:
        follow, address = URLSafeTimedSerializer(key, salt=CONFIRMS).loads(token, max_age=DAYS * 24 * 3600)
        return UUID(follow), str(address)
    except (BadData, ValueError, TypeError):
        return None


def to_leave(key: str, follow: UUID) -> str:
    """Good for ever: whoever has the mail may end it."""
    return str(URLSafeSerializer(key, salt=LEAVES).dumps(follow.hex))


def leaving(key: str, token: str) -> UUID | None:
    """Who leaves by a link; None for a link that is not ours."""
    try:
        return UUID(URLSafeSerializer(key, salt=LEAVES).loads(token))
    except (BadData, ValueError, TypeError):
        return None
