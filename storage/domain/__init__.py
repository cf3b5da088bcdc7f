"""Plain typed values of a film: no input or output, no Qt, no tensors, no SQL."""
