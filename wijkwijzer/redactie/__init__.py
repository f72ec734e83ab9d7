"""The editors' workbench.

Nothing typed is ever lost: ``getypt`` is what somebody sent, ``teruggeven`` are the
pages that hold it when it could not be done, ``heropenen`` lets the forms of the admin
show it again without saving, and ``site`` is the admin that does so everywhere.
``views`` and ``middleware`` are what Django calls when it refuses a post or fails.

See docs/adr/0017-wat-getypt-is-blijft.md.
"""
