"""The base that every portal app stands on; it imports no portal app."""
