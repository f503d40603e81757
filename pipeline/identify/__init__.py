"""Who and what is the same on many pages: stories on hundreds of sites. Pure: no files, no network, no clock."""
