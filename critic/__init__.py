"""Checks that compare what was made with what the scene graph says."""
