"""Pocket: the small checkpoints that ship with Matchcut, the artist of their training frames, and the training."""
