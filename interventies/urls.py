"""Addresses of the register. The page of one entry is in ``wijkwijzer.urls``."""

from django.urls import path

from interventies.views.register import register

interventies = [path("", register, name="list")]
