"""The examples in docstrings are promises: all of them are kept."""

import doctest
import importlib
import pkgutil

import pytest

import flows.cli
import pipeline
import schemas

MODULES = [
    module.name
    for package in (pipeline, schemas, flows.cli)
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    if not module.ispkg
]


@pytest.mark.parametrize("name", MODULES)
def test_doctests(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name))

    assert result.failed == 0
