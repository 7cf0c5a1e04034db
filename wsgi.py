"""What servers and `flask --app wsgi` load."""

from web import create_app
from web.store.settings import Settings

app = create_app(Settings.from_environ())
