"""Bounds of the flows' parameters, which the forms of the Prefect UI check; the flows' docstrings describe them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from claims.records import Label

Article = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
Outlet = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Labels = list[Label] | None
Age = Annotated[str | None, Field(pattern=r"^\d+(\.\d+)?\s*(ms|s|m|h|d|w)?$")]
MostArticles = Annotated[int | None, Field(ge=1, le=500)]
MostClaims = Annotated[int | None, Field(ge=1, le=10_000)]
