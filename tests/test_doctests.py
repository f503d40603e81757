"""The examples in docstrings are promises: all of them are kept."""

import doctest
import importlib
import pkgutil

import pytest

import pipeline

MODULES = [module.name for module in pkgutil.walk_packages(pipeline.__path__, "pipeline.") if not module.ispkg]


@pytest.mark.parametrize("name", MODULES)
def test_doctests(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name))

    assert result.failed == 0
