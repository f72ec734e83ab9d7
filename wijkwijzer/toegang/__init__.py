"""Who may come in, and how they prove who they are.

``grenzen`` holds up who guesses, ``factoren`` and ``passkeys`` are the second step,
``sessies`` says how long somebody is signed in and where, ``herstel`` is the mail for
who forgot a password. The page to sign in itself is in ``redactie/aanmelden.py``: it
carries what was typed.

See docs/adr/0020-inloggen.md.
"""
