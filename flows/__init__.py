"""Prefect flows and the `asrun` command: when and in what order the pipeline runs, never how."""
