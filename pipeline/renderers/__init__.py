"""Renderers: what turns a frame description into pictures and clips."""
