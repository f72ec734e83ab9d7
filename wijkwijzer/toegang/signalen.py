"""What others may want to hear of signing in: the log, and the numbers.

Django's own tell that somebody signed in, or sent a wrong password.
"""

from django.dispatch import Signal

# With ``gebruiker``: a code or a passkey that was not right.
stap_mislukt = Signal()
# With ``naam``, as it was typed: a try that was not even looked at.
geremd = Signal()
# With ``gebruiker``, ``wat`` and ``by``: a second step came, went or was replaced.
stap_veranderd = Signal()
