"""The way into `asrun`. Processes that it starts import it again, so it imports nothing before it is asked."""


def main() -> None:
    """Run the command, as `flows.cli.main` does."""
    from pipeline.memory import collect_less

    collect_less()
    from flows.cli import main as run

    run()
