"""What readers see, for programs: ``/api/v1/``, read-only.

``docs/adr/0026`` says how and why. From low to high: what an answer has (``velden``),
which collections there are (``collecties``), what may be asked (``vraag``), the answer
(``antwoord``), its description (``openapi``), and the addresses. Other ways out of the
site begin at :func:`antwoord.antwoord` (a record) and :func:`antwoord.lees_lijst` (a
list).
"""
