"""Where tests find their databases."""

pytest_plugins = ["tests.databases", "tests.installation"]
