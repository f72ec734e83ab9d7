"""Former addresses."""

from __future__ import annotations

from django.db import models


class VorigeSlug(models.Model):
    """A slug that readers knew a record by: its address answers 301 for ever."""

    soort = models.CharField("soort", max_length=30)
    slug = models.SlugField("vorige slug", max_length=100)
    uuid = models.UUIDField("uuid van het item")
    vervangen_op = models.DateTimeField("vervangen op", auto_now_add=True)

    class Meta:
        verbose_name = "vorige slug"
        verbose_name_plural = "vorige slugs"
        ordering = ("soort", "slug")
        constraints = [
            models.UniqueConstraint(
                fields=("soort", "slug"), name="core_vorigeslug_uniek"
            )
        ]

    def __str__(self) -> str:
        return self.slug
