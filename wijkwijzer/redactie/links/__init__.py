"""Whether the addresses in our texts still work, looked at politely and safely.

``vindplaatsen`` knows where addresses stand, ``bezoek`` visits them (by way of
``netwerk``, ``robots`` and ``adres``), ``ronde`` does so for all that are due, and
``actions`` keeps what was found. ``admin`` is the queue of the editors.

See docs/adr/0022-links.md.
"""
