"""Pages that mark their speakers by Markdown, lists, tags, brackets or a dash; datelines and recipes look like them."""

import pytest

from pipeline.records import Block
from pipeline.transcribe.labels.other_marks import with_colons

SAID = ("Who is that?", "It is Ed.", "And what does he say?", "It rains.")


def _marked(mark: str, *first: str) -> list[str]:
    names = ("ANA DIAZ", "ED HALE") * 2
    return [*first, *(mark.format(name, text) for name, text in zip(names, SAID, strict=True))]


MARKS = [
    "[{}]: {}", "{}{}", "{} - {}", "{} – {}", "**{}:** {}", "**{}**: {}", "***{}:*** {}", "_{}:_ {}", "*{}*: {}",
    "**{}** {}", "'''{}:''' {}", "{}\uff1a{}", "{}\u2236 {}",
    "- {}: {}", "* {}: {}", "- **{}:** {}", "• {}: {}", "<p>{}: {}</p>", "<p><strong>{}:</strong> {}</p>",
]  # fmt: skip


@pytest.mark.parametrize("mark", MARKS)
def test_names_get_the_colon_that_their_page_does_not_print(mark: str) -> None:
    found = with_colons([Block(text) for text in _marked(mark, "Rain in Lowell")])

    assert [block.text for block in found] == _marked("{}: {}", "Rain in Lowell")


@pytest.mark.parametrize(
    "said",
    [
        ["ANA DIAZ, HOST: It rains."],
        ["ANA DIAZ: It rains.", "DIAZ: It does."],
        ["Ana Diaz: It rains.", "Ed Hale: Does it?", "Ana: It does."],
    ],
)
def test_emphasis_with_a_colon_needs_no_company(said: list[str]) -> None:
    marked = [f"**{text.replace(':', ':**', 1)}" for text in said]

    assert [block.text for block in with_colons(list(map(Block, marked)))] == said


@pytest.mark.parametrize("mark", ["**{}**", "### {}", "## {}:", "_{}_"])
def test_names_alone_in_their_lines_get_it_too(mark: str) -> None:
    names = [mark.format(name) for name in ("Ana Diaz", "Ed Hale") * 2]

    assert [block.text for block in with_colons(list(map(Block, names)))] == ["Ana Diaz:", "Ed Hale:"] * 2


@pytest.mark.parametrize(
    "texts",
    [
        ["LOWELL - It rains.", "LOWELL - It snows.", "LOWELL - It hails.", "LOWELL - It is dry."],
        ["LOWELL - It rains.", "UTICA - It snows.", "TROY - It hails.", "ROME - It is dry."],
        ["[Music]: It plays.", "[Music]: It stops.", "[Rain]: It rains.", "[Music]: It plays."],
        ["**Egg:** two", "**Ana Diaz:** a baker", "**Ed Hale:** a cook", "**Jo Fox:** a guest", "**Salt:** none"],
        ["**Ana Diaz** is a baker", "**Ed Hale** is a cook"] * 2,
        ["- Flour: 1 cup", "- Salt: none", "- Flour: 2 cups", "- Salt: some"],
        ["LOWELLThe river rises.", "UTICAThe river falls.", "TROYThe river is dry.", "ROMEThere is none."],
        ["NPR's host is here.", "NPR's guest is here."] * 2,
        _marked("{}{}")[:3],
        _marked("{} - {}", "JO FOX: It rains."),
        _marked("{} - {}")[:3],
        _marked("{}: {}"),
    ],
)
def test_what_only_looks_so_stays(texts: list[str]) -> None:
    assert [block.text for block in with_colons([Block(text) for text in texts])] == texts
