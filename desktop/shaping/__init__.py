"""Shaping the scene graph from the desk: what can be edited, in what words, and the edit as a value."""
