"""The phrase index: which words are where in the files of `turns`, and the views that search it."""
