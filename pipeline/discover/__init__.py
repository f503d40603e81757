"""Page to links: feeds, sitemaps and listing pages, read with BeautifulSoup."""
