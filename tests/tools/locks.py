"""What a lock was made from, in sixteen digits at its top: no network needed to see
that a `make lock` was forgotten."""

import hashlib
import json
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def made_from(root: Path = ROOT) -> str:
    data = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    project, groups = data["project"], data["dependency-groups"]
    meant = [project["requires-python"], project["dependencies"], groups]
    return hashlib.sha256(json.dumps(meant).encode()).hexdigest()[:16]


if __name__ == "__main__":
    print(made_from())
