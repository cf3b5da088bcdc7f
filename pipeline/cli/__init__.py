"""The command line: everything the desk can do to a project, to be scripted and tested."""


def main() -> None:
    """`matchcut`: exit status 0 done, 1 a bug, 2 wrong use or a known error, 3 waiting for a director."""
    from pipeline.cli.commands import matchcut

    matchcut()
