"""Argon2 within what this site can spare."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """Argon2id with 46 MiB, two passes, one thread: above what OWASP asks at least.

    Django's own takes 100 MiB and eight threads for each: more than the two cores that
    we count on. The door lets one at a time sign in per process (web/door/pools.py), so
    two processes take 92 MiB while they do.
    """

    time_cost = 2
    memory_cost = 47_104
    parallelism = 1
