"""The base of the sections of config.yaml."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Section(BaseModel):
    """A section of config.yaml; unknown keys are rejected, and values cannot be changed after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)
