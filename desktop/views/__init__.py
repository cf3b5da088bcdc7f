"""What the director sees: one module for each part of the window."""
