"""Forms of the admin for people: sections, one column in the hand, and light pages.

``velden`` are widgets that say once what Django repeats per field, ``delen`` the parts
of a record, ``opmaak`` the HTML of a field, ``secties`` the menu and the summary of
errors, ``lijkt`` the question whether something is there already, and ``admin`` what
every ``ModelAdmin`` gets of it. The script beside it is static/js/admin-formulier.js;
without it everything can still be filled in, added and saved.
"""
