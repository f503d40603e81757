import gzip
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.archive.members import BadMember, read_members


@given(st.lists(st.binary(max_size=2_000), max_size=8))
def test_members_are_found_whole_and_in_place(parts: list[bytes]) -> None:
    packed = [gzip.compress(part) for part in parts]
    members = list(read_members(io.BytesIO(b"".join(packed))))

    assert [member.data for member in members] == parts
    assert [member.end - member.offset for member in members] == [len(part) for part in packed]


@given(st.lists(st.binary(min_size=1, max_size=500), min_size=1, max_size=4), st.integers(min_value=1))
def test_a_torn_file_gives_its_whole_members_and_the_place_of_the_tear(parts: list[bytes], cut: int) -> None:
    packed = [gzip.compress(part) for part in parts]
    kept = cut % len(packed[-1]) or 1
    members = read_members(io.BytesIO(b"".join(packed[:-1]) + packed[-1][:kept]))

    assert [next(members).data for _ in parts[:-1]] == parts[:-1]
    with pytest.raises(BadMember) as caught:
        next(members)
    assert caught.value.offset == sum(map(len, packed[:-1]))
    assert caught.value.is_torn
