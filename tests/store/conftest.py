from tests.support.stores import base_file, clock, store  # noqa: F401 - fixtures of this folder
