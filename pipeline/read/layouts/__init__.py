"""One module a layout. A layout that changed keeps its old reader."""
