"""Export: a cut becomes a movie and an edit timeline."""
