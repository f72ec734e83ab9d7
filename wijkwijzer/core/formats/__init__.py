"""How dates and times are written for people: one place (FORMAT_MODULE_PATH)."""
