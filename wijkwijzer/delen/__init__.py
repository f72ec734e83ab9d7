"""What others take from us: pages in a frame, how to refer to them, oEmbed.

Above the apps, because it shows all of them. An embed has no templates of its own for
what it shows: it includes those of the page, so that the two never disagree.

See docs/adr/0028-insluiten.md.
"""
