"""The checks of the panel, one to a module."""
