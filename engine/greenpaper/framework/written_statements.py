"""What statements in policy files have in common as they are written: how sure they are, and where they come from."""

from typing import Literal

from greenpaper.source.written import Label, Text, Written

Confidence = Literal["stated", "derived", "assumed", "illustrative"]


class Citation(Written):
    """Where in the sources a statement comes from, and the few words that decide it."""

    document: Label
    says: Text = ""
    note: Text = ""
