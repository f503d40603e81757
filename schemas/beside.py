"""What stands beside the tables wherever they are opened, an edition or a release: views and macros."""

from importlib import resources

from schemas.grades import GRADES_VIEW
from schemas.table import described
from schemas.turns import TURNS
from schemas.voices import VOICES_VIEW

UNINDEXED_TURNS = "internal.unindexed_turns"
"""The view of turns that no phrase index is of."""


def views_and_macros(search_views: str, unindexed_turns: str) -> list[str]:
    """The SQL of all views and macros over the tables' own views.

    `search_views` makes those of the phrase index, `unindexed_turns` the view of that name. What analysts do not ask
    is in the schema `internal`, so that it is not among what `SHOW TABLES` lists. A view in it names files, or views
    with their schema: attached under another name, a view finds what its own schema has.
    """
    ours = [resources.files("schemas").joinpath(name).read_text("utf-8") for name in ("views.sql", "macros.sql")]
    internal = ["CREATE SCHEMA internal;", search_views, unindexed_turns]
    return [*internal, VOICES_VIEW, GRADES_VIEW, *ours, *described("speech", TURNS.columns)]
