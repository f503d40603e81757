"""The way into `asrun`. Processes that it starts import it again, so it imports nothing before it is asked."""


def main() -> None:
    """Run the command, as `flows.cli.main` does."""
    from pipeline.ending import ending_at_once
    from pipeline.memory import collect_less

    collect_less()
    with ending_at_once():
        from flows.cli import main as run

        run()
