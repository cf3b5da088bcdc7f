"""The end-to-end benchmark: the same films four ways, and what each lets through."""
