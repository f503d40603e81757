"""Who is heard and credited, derived over all pages: hosts by surname, appearances, people."""
