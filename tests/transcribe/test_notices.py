import pytest

from pipeline.records import Block
from pipeline.transcribe.script.dividing import write_script
from pipeline.transcribe.script.notices import cut_correction, cut_footer, is_notice, is_rights, without_notice

# Every footer of NPR's transcripts since 2006: as suffix of the last sentence, or as a line of its own.
GLUED = [
    "Transcript provided by NPR, Copyright NPR.",
    "Transcript provided by NPR, Copyright National Public Radio.",
    "Transcript provided by NPR, Copyright 2013 NPR.",
    "Transcript provided by NPR.",
    (
        "Copyright © 2018 NPR. All rights reserved. Visit our website terms of use and permissions pages at "
        "www.npr.org for further information."
    ),
    "Copyright 2015 NPR. To see more, visit http://www.npr.org/.",
    "Copyright 2021 NPR. To see more, visit https://www.npr.org.",
    "Copyright 2023 KUNX",
    "Copyright 2014 Prairie Public Radio. To see more, visit http://www.prairie.org/.",
    "© 2019 NPR. All rights reserved.",
    (
        "Copyright ©2008 NPR. For personal, noncommercial use only. See Terms of Use. For other uses, prior permission "
        "required."
    ),
    "Copyright (c) 1994 by World Media Foundation. No portion of this transcript may be copied",
    "Copyright © CBC 2016",
]
RIGHTS = [
    "Copyright 2015 NPR. To see more, visit http://www.npr.org/.",
    "Copyright 2021 NPR. To see more, visit https://www.npr.org.",
    "Copyright 2021 NPR. To see more, visit",
    (
        "Copyright ©2008 NPR. For personal, noncommercial use only. See Terms of Use. For other uses, prior permission "
        "required."
    ),
    (
        "Copyright © 2024 NPR. All rights reserved. Visit our website terms of use and permissions pages at "
        "www.npr.org for further information."
    ),
    "Copyright (c) 1994 by World Media Foundation. No portion of this transcript may be copied",
    "Copyright © CBC 2016",
]
NOTICES = [
    "NPR transcripts are created on a rush deadline by Verb8tm, Inc., an NPR contractor, and produced using",
    "NPR transcripts are created on a rush deadline by an NPR contractor. This text may not be in its final form",
    "Accuracy and availability of NPR transcripts may vary. Transcript text may be revised",
    "New York Public Radio transcripts are created on a rush deadline, often by contractors.",
    "This is a rush transcript. Copy may not be in its final form.",
    "This transcript was created on a rush deadline by a contractor.",
    "This transcript has been prepared by volunteers.",
    "This transcript is provided by our station.",
    "Editor’s note: The spelling of a name was changed.",
    "This article was originally published on WBUR.org.",
    "This interview has been edited for length and clarity.",
    "This conversation was lightly edited.",
    "Note: This American Life is produced for the ear and designed to be heard.",
    "Note: Transcripts may contain errors. If you wish to re-use all, or part of, a transcript, contact CBC.",
    'Please note "BBC Sunday AM" must be credited if any part of this transcript is used.',
    "Reveal transcripts are produced by a third-party service.",
    "Available transcripts are automatically generated. Complete accuracy is not guaranteed.",
    "Clock 1.wav: this wav audio file was automatically transcribed by Sonix with the best algorithms.",
]


@pytest.mark.parametrize("footer", GLUED)
def test_a_footer_is_a_suffix_of_the_last_sentence_or_of_a_cue(footer: str) -> None:
    for last in ("Bobby Allyn, NPR News, Paradise, Calif.", "(SOUNDBITE OF MUSIC)"):
        assert cut_footer(f"{last} {footer}") == (last, footer, "")


@pytest.mark.parametrize(
    "notice",
    [
        "NPR transcripts are created on a rush deadline by an NPR contractor. This text may not be in its final form.",
        "New York Public Radio transcripts are created on a rush deadline, often by contractors.",
        "Accuracy and availability of NPR transcripts may vary. Transcript text may be revised",
        "This is a rush transcript. Copy may not be in its final form.",
        "This article was originally published on WBUR.org.",
        "Reveal transcripts are produced by a third-party service.",
        'Please note "BBC Sunday AM" must be credited if any part of this transcript is used.',
    ],
)
def test_a_notice_is_no_part_of_the_sentence_that_it_is_glued_to(notice: str) -> None:
    assert without_notice(f"Who would not?{notice}") == without_notice(f"Who would not? {notice}") == "Who would not?"
    assert not is_notice(f"Who would not? {notice}")


@pytest.mark.parametrize("begin", ["This story appeared in the Times", "This interview first aired on WXYZ"])
def test_who_tells_where_a_story_stood_and_goes_on_is_heard(begin: str) -> None:
    assert is_notice(f"{begin}.")
    assert not is_notice(
        f"{begin}, and the miller said that all of it was true. I asked him who had told the paper of it."
    )


def test_what_stands_behind_a_notice_or_a_copyright_line_is_kept() -> None:
    script = write_script(
        [
            Block("Copyright 2015 NPR. To see more, visit http://www.npr.org/. ANA DIAZ, HOST: It rains."),
            Block("ED HALE: This is a rush transcript. Copy may not be in its final form.It does."),
        ]
    )

    assert [passage.text for passage in script.passages] == ["It rains.", "It does."]
    assert script.rights == "Copyright 2015 NPR. To see more, visit http://www.npr.org/."


def test_what_stands_behind_a_glued_footer_is_kept_apart() -> None:
    tail = cut_footer("Goodbye. Transcript provided by NPR, Copyright NPR. Ana Diaz is NPR's correspondent.")

    assert tail == ("Goodbye.", "Transcript provided by NPR, Copyright NPR.", "Ana Diaz is NPR's correspondent.")


@pytest.mark.parametrize("line", RIGHTS)
def test_copyright_lines(line: str) -> None:
    assert is_rights(line)


@pytest.mark.parametrize("line", NOTICES)
def test_notices(line: str) -> None:
    assert is_notice(line)


@pytest.mark.parametrize(
    ("paragraph", "text", "correction"),
    [
        ("[POST-BROADCAST CORRECTION: It was Sunday.]", "", "POST-BROADCAST CORRECTION: It was Sunday."),
        ("Thanks. [POST-BROADCAST CORRECTION: Sunday.]", "Thanks.", "POST-BROADCAST CORRECTION: Sunday."),
        ("[CLARIFICATION: It was Sunday.", "", "CLARIFICATION: It was Sunday."),
        ("Correction March 3, 2021: It was Sunday.", "", "Correction March 3, 2021: It was Sunday."),
        ("CORRECTION: It was Sunday.", "", "CORRECTION: It was Sunday."),
        ("Correction is slow: it was Sunday.", "Correction is slow: it was Sunday.", None),
        ("Corrections officers say: never.", "Corrections officers say: never.", None),
    ],
)
def test_corrections(paragraph: str, text: str, correction: str | None) -> None:
    assert cut_correction(paragraph) == (text, correction)
