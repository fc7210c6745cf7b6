"""Uploads that are too large for any page of the portal are refused before they fill a disk."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

#: A form with a file in it. Pages that take files say themselves, beside the field, what they accept.
LARGEST_REQUEST = 64 * 1024 * 1024


class RefusesHugeRequests(FileUploadHandler):
    """Looks at the announced length of a request, and at nothing else."""

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        """:raises RequestDataTooBig: the request is too large; the answer is 400."""
        if content_length > LARGEST_REQUEST:
            raise RequestDataTooBig("The request is larger than any file that a page takes.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
