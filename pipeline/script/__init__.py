"""The script agent: a screenplay becomes a scene graph."""
