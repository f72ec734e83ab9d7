"""Django's backend for SQLite, for a database that a test adds by itself."""
