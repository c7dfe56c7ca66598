from __future__ import annotations

import pytest
from recorded import Kind, kinds, outcome


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.name)
def test_kinds_of_response(kind: Kind) -> None:
    assert outcome(kind) == (kind.told, kind.partial)
