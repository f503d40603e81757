import pytest

from pipeline.transcribe.names import Spellings, fold, proper_name

NOTHING = Spellings([])


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("MICHELE KELEMEN", "Michele Kelemen"), ("Zoe Roe-hale", "Zoe Roe-Hale"),
        ("Park Geun-hye", "Park Geun-hye"), ("Tsai Ing-wen", "Tsai Ing-wen"), ("Lee Hsien-loong", "Lee Hsien-loong"),
        ("SARAH MCCAMMON", "Sarah McCammon"), ("JOHN McCAIN", "John McCain"), ("ED MCA", "Ed Mca"),
        ("ED MCAFEE-HALE", "Ed McAfee-Hale"),
        ("LeBRON JAMES", "LeBron James"), ("RON DeSANTIS", "Ron DeSantis"),
        ("FIONA O'DWYER", "Fiona O'Dwyer"), ("FIONA O’DWYER", "Fiona O'Dwyer"),
        ("LULU GARCIA-NAVARRO", "Lulu Garcia-Navarro"), ("KITKA WOMEN'S CLUB", "Kitka Women's Club"),
        ("MARY-LOUISE PARK", "Mary-Louise Park"), ("JUAN GONZÁLEZ", "Juan González"), ("A MARTÍNEZ", "A Martínez"),
        ("STACEY VANEK SMITH", "Stacey Vanek Smith"), ("ANA DE LA PENA", "Ana de la Pena"),
        ("CHRIS VAN HOLLEN", "Chris Van Hollen"), ("SONIA DE LOS SANTOS", "Sonia de los Santos"),
        ("JAMES VAN DER HALE", "James van der Hale"),
        ("VAN JONES", "Van Jones"), ("BILL DE BLASIO", "Bill de Blasio"),
        ("JB PRITZKER", "JB Pritzker"), ("J.D. HALE", "J.D. Hale"), ("GEORGE W. BUSH", "George W. Bush"),
        ("LOUIS C.K.", "Louis C.K."), ("MALCOLM X", "Malcolm X"), ("ED YONG", "Ed Yong"),
        ("KATE MACLEAN", "Kate MacLean"), ("EMMANUEL MACRON", "Emmanuel Macron"), ("MIGUEL MACIAS", "Miguel Macias"),
        ("ANTON MACHADO", "Anton Machado"), ("TA-NEHISI COATES", "Ta-Nehisi Coates"), ("YO-YO MA", "Yo-Yo Ma"),
        ("LEONARDO DICAPRIO", "Leonardo DiCaprio"), ("JO DIMAGGIO", "Jo DiMaggio"), ("DIMARCO", "Dimarco"),
        ("TOM DENIRO", "Tom DeNiro"), ("ANA DELGADO", "Ana Delgado"), ("ANA DEMPSEY", "Ana Dempsey"),
        ("ANA DIAZ", "Ana Diaz"), ("ALICE DILLON", "Alice Dillon"), ("TIRU DIBABA", "Tiru Dibaba"),
        ("ALEC MACGILLIS", "Alec MacGillis"), ("ALI MACGRAW", "Ali MacGraw"), ("JO MACKEY", "Jo Mackey"),
        ("JEREMY MACLIN", "Jeremy Maclin"), ("TONY LA RUSSA", "Tony La Russa"), ("JON BON JOVI", "Jon Bon Jovi"),
        ("JO ST JOHN", "Jo St John"), ("LE DUC THO", "Le Duc Tho"), ("NOURI AL-MALIKI", "Nouri al-Maliki"),
        ("Vincent van GOGH", "Vincent van Gogh"), ("MARTIN ST. JAMES", "Martin St. James"), ("P!NK", "P!nk"),
        ('DWAYNE "THE ROCK" HALE', 'Dwayne "The Rock" Hale'),
    ],
)  # fmt: skip
def test_proper_case_by_rule(printed: str, name: str) -> None:
    assert proper_name(printed.split(), NOTHING) == name


@pytest.mark.parametrize(
    ("printed", "prose", "name"),
    [
        ("LEROY MCCRAY", "He met LeRoy McCray there.", "LeRoy McCray"),
        ("ANA DE LA PENA", "Ana de la Peña’s house", "Ana de la Peña"),
        ("MICHEAL MARTIN", "Ireland's Micheál Martin", "Micheál Martin"),
        ("FIONA O'DWYER", "Fiona O’Dwyer read.", "Fiona O'Dwyer"),
        ("JUAN GONZÁLEZ", "Juan Gonzalez is here.", "Juan González"),
        ("KATE MACLEAN", "The Macleans; Jo Maclean and Maclean again", "Kate Maclean"),
        ("MARK WILL", "They will mark it.", "Mark Will"),
        ("ANN LEE", "JOANN LEE and Ann Leeds", "Ann Lee"),
        ("TINA DECESARE", "DeCesare, DeCesare and Decesare", "Tina DeCesare"),
    ],
)
def test_the_page_knows_better_than_rules(printed: str, prose: str, name: str) -> None:
    assert proper_name(printed.split(), Spellings([prose])) == name


def test_a_suffix_stands_behind_the_name() -> None:
    assert proper_name(["WENDELL", "HALE"], NOTHING, "Jr.") == "Wendell Hale Jr."


def test_folding_keeps_the_length() -> None:
    text = "Micheál O’Brien-Łódź ÆØ İstanbul ß"

    assert len(fold(text)) == len(text)
    assert fold("Micheál O’Brien") == fold("MICHEAL O'BRIEN")
