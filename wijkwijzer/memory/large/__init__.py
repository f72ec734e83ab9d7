"""What only exists for catalogues of a hundred thousand entries.

A worker may take 250 MB, and readers wait for nothing. So a large index is built in a
process of its own, which takes its memory with it when it ends (:mod:`apart`), packed
in a few buffers (:mod:`packed`), in a file that all workers of the machine map
(:mod:`shared`). With a few hundred entries none of this would be needed, and below
``APART_BOUWEN_VANAF`` only the packing is used.

This is all that others need of it.
"""

from wijkwijzer.memory.large.apart import BuildError, build_apart, is_large
from wijkwijzer.memory.large.packed import (
    Packed,
    PackedState,
    Places,
    Positions,
    Texts,
)
from wijkwijzer.memory.large.shared import (
    HALF,
    DamagedError,
    Held,
    folder,
    forget,
    locked,
    newest,
    path_of,
    remove,
    save,
    shared,
)

__all__ = [
    "HALF",
    "BuildError",
    "DamagedError",
    "Held",
    "Packed",
    "PackedState",
    "Places",
    "Positions",
    "Texts",
    "build_apart",
    "folder",
    "forget",
    "is_large",
    "locked",
    "newest",
    "path_of",
    "remove",
    "save",
    "shared",
]
