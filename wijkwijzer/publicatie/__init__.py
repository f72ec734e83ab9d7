"""What readers print and keep: the overview and sheets, from the same versions.

What is printed is first a tree of blocks (``boom``): what one aanpak has (``velden``),
what databanks say of it (``oordeel``), and all of it as a book (``boek``), a sheet
(``blad``) or a brochure. The tree is data: what sets it (``zetten``, with the templates
in ``typst/``) takes every text for text. ``bewaard`` keeps what was set.
"""
