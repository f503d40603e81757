"""When the scheduled flows run. Nothing here imports Prefect."""

NIGHTLY_CRON = "15 3 * * *"
"""After the hour that daylight saving time skips or repeats."""
REVISIT_CRON = "15 15 * * *"
"""A day after noon of the air date, when most transcripts are there, on the Pacific coast too."""
RELEASE_CRON = "30 6 1 * *"
"""The first of a month, when its night is over."""
ZONE = "America/New_York"
