"""Known errors: what went wrong in one sentence, and one thing that a person can do."""


class KnownError(Exception):
    """An error that is not a bug.

    Args:
        sentence: what went wrong.
        action: what to do about it.
    """

    def __init__(self, sentence: str, action: str) -> None:
        super().__init__(f"{sentence} {action}")
        self.sentence = sentence
        self.action = action


class WrongUse(KnownError):
    """The person asked for something that cannot be: exit status 2."""
