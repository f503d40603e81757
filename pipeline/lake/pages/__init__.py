"""What looks at pages give: which look counts, the rows of a page, and its revisions."""
