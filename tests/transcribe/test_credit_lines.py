from pipeline.transcribe.script.credit_lines import is_bio


def test_a_bio_is_about_somebody_who_made_the_story() -> None:
    assert is_bio("Michele Kelemen has been with NPR for two decades.", ("Michele Kelemen",))
    assert not is_bio("Ariel Cohen is a fellow of a council.", ("Michele Kelemen",))
    assert not is_bio("Michele Kelemen, thank you.", ("Michele Kelemen",))
