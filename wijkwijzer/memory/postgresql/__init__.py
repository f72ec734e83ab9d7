"""Django's backend for PostgreSQL, for a server that may stop, hang or be far away."""
