"""Measures the desk on films of any size: `matchcut bench desk` starts it as `python -m desktop.bench`."""
