"""What changed, for who comes back and for programs: a page, feeds, a sitemap.

All of it follows from what readers see now and from the versions that they saw before.
"""
