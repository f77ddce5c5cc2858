"""What commands record beside a version, as the text of its file: responses, and seals."""

from collections.abc import Sequence

from greenpaper.framework.consultation import Response
from greenpaper.framework.seal import Erratum, Hashes, Seal
from greenpaper.source.emitting import text_of

OF_RESPONSES = "yaml-language-server: $schema=../../schemas/responses.schema.json"
OF_A_SEAL = "Written by `greenpaper freeze`; `greenpaper verify` compares it with the files beside it."


def responses_text(responses: Sequence[Response]) -> str:
    """The responses as the text of their file; what is not known is left out."""
    return text_of({"responses": [_said(_entry(each)) for each in responses]}, [OF_RESPONSES])


def seal_text(seal: Seal) -> str:
    """The file that holds the seal; the same seal always gives the same text."""
    sealed = {"format": seal.format, "status": seal.status, "on": str(seal.on), **_hashes(seal.hashes)}
    return text_of(_said({"seal": sealed, "errata": [_erratum(each) for each in seal.errata]}), [OF_A_SEAL])


def _entry(response: Response) -> dict[str, object]:
    cited = response.citation
    return {
        "channel": response.channel,
        "question": response.question,
        "answer": response.answer,
        "count": response.count,
        "share": response.share,
        "confidence": str(response.confidence),
        "source": _said({"document": cited.document.id, "says": cited.says, "note": cited.note}),
        "note": response.note,
    }


def _erratum(erratum: Erratum) -> dict[str, object]:
    return {"on": str(erratum.on), "because": erratum.because, **_hashes(erratum.hashes)}


def _hashes(hashes: Hashes) -> dict[str, object]:
    return {"meaning": hashes.meaning, "text": hashes.text}


def _said(data: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in data.items() if value not in (None, "", [])}
