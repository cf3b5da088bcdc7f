"""The scene graph as a drawing: what it consists of, where each part stands, how it is painted and walked."""
