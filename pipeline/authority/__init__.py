"""Who is heard on public radio: hosts and correspondents with roles and years, one TOML file a network.

`pipeline/identify/authority/files.py` says how an entry is written. Facts only; a year that is not sure is left out.
"""
