"""The network's invented hosts and reporters, who are heard in more than one story."""

from tests.network.story import Speaker

QUIST = Speaker("Lorna Quist", "host", "NPR")
OHEARN = Speaker("Declan O'Hearn", "host", "NPR")
RAMAN = Speaker("Priya Raman", "host", "NPR")
TEALE = Speaker("Marcus Teale", "host", "NPR")
FELD = Speaker("Joanna Feld", "host", "NPR")
IBARRA_STONE = Speaker("Rafael Ibarra-Stone", "host", "NPR")
CASTELLANE = Speaker("Miriam Castellane", "host", "NPR")

GARCIA_LUND = Speaker("Ines Garcia-Lund", "reporter", "NPR")
VANEK_HOLM = Speaker("Mara Vanek Holm", "reporter", "NPR", surname="Vanek Holm")
MCALLERY = Speaker("Tess McAllery", "reporter", "NPR")
NELSON = Speaker("Amina Farouk Nelson", "reporter", "NPR")
OKAFOR = Speaker("Bram Okafor", "reporter", "NPR")
SORLEY = Speaker("Julian Sorley", "reporter", "NPR")
ARDEN = Speaker("Keiko Arden", "reporter", "NPR")
WIELAND = Speaker("Tomás Wieland", "reporter", "NPR")
RENSHAW = Speaker("Dalia Renshaw", "reporter", "NPR")
FENWRIGHT = Speaker("Pete Fenwright", "reporter", "NPR")
