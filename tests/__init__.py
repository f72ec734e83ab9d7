"""The tests mirror the modules. `python -m tests.run` runs everything."""
