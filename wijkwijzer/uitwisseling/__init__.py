"""Taking content out and bringing it in: documents and spreadsheets, all or nothing.

``docs/adr/0023`` says how and why. From low to high: a file is let in (``poort``) and
read (``werkboek``, ``documenten``), its sheets become documents (``cellen``,
``bladen``, ``erkenningen``), what they would change is a plan (``plan``), and that is
carried out (``uitvoeren``), step by step for who watches (``invoer``).
"""
