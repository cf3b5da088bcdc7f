"""The critic's own benchmark: what it says of pictures whose truth is known."""
