"""What readers see, as files to take along: of a list, or of everything.

A row is an answer of the API (``wijkwijzer.api``), so a file, a page and the API say
the same. From low to high: rows out of answers (``tabel``), what is told about a file
(``over``), files of lists (``lijst``) and of everything (``pakket``).
"""
