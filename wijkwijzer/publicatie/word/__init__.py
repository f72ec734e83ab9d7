"""The same tree as a document of Word, for who must rework it: styles, no layout.

Only the process that sets documents imports this.
"""
