"""Why a file can't be read as a table."""


class FileUnusable(Exception):
    """The file is no table that the importer reads; the reason is a sentence for whoever brought it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
