"""Constants of the Dutch language that the analysis leans on."""

from pathlib import Path

# Words that say nothing about the subject, question words and polite filler included:
# "wat kan ik doen tegen eenzaamheid onder ouderen" asks for eenzaamheid and ouderen.
STOPWOORDEN = frozenset(
    Path(__file__).with_name("stopwoorden.txt").read_text(encoding="utf-8").split()
)

# Where simplemma gives another word than readers mean here, or gives a word and its
# plural different lemmas.
LEMMA_CORRECTIES = {
    "jongeren": "jongere",
    # "Ouderen" are people; "een oudere pagina" is not about them.
    "ouderen": "ouderen",
    "oudere": "oud",
    "ouders": "ouder",
    "buren": "buur",
    "professionals": "professional",
    "bejaarden": "bejaarde",
    "genoten": "genoot",
    "leden": "lid",
    "makers": "maker",
    "sports": "sport",
    "werkers": "werker",
    "zorgers": "zorger",
}
LEMMA_CORRECTIES |= {
    woord: woord
    for woord in (
        *("agent", "bejaarde", "buurman", "cirkel", "deelnemer", "geloof", "genoot"),
        *("jongere", "kaart", "les", "maker", "onderzoeker", "opbouw", "ouder"),
        *("peuter", "stap", "tuin", "verzuim", "wens", "werker", "werkgever"),
    )
}

# Known words that are endings more often than parts of a compound.
GEEN_DEEL = frozenset(
    {
        *("atje", "chap", "deren", "eren", "ette", "gebaren", "iers", "lijk", "lijke"),
        *("lijken", "loos", "naar", "schap", "ster", "thuis"),
    }
)

# Letters that Dutch puts between the parts of a compound.
VERBINDINGEN = ("", "s", "e", "en", "n")

# After these the plural has "'s".
KLINKERS = frozenset("aiouy")
