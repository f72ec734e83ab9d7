"""Content as files: one YAML document per record, and one file per controlled list.

``fixtures/aanpak/buurtcirkel.yaml`` holds the document of an aanpak, and before it the
time since when readers see it; ``fixtures/woordenlijsten/databank.yaml`` a list of
terms. So a person can read, review and compare what changes in the content.
"""
