"""Scales of other versions carried over to those of this one, as the vocabulary file says."""

from collections.abc import Iterable, Iterator, Mapping

from greenpaper.framework import problems
from greenpaper.framework.checked import ScaleMapping
from greenpaper.framework.reading import Reading
from greenpaper.framework.written import VocabularyFile


def read_mappings(reading: Reading[VocabularyFile]) -> Iterator[ScaleMapping]:
    """Every mapping under `maps_from`, with the words it leads to that its scale does not have as problems.

    The words it leads from belong to another version, so they cannot be checked here.
    """
    for scale, written in reading.written.scales.items():
        for other, words in written.maps_from.items():
            _check_targets(reading, scale, other)
            yield ScaleMapping(scale, other, words, reading.key("scales", scale, "maps_from", other))


def _check_targets(reading: Reading[VocabularyFile], scale: str, other: str) -> None:
    written = reading.written.scales[scale]
    for word, targets in written.maps_from[other].items():
        for number, target in enumerate(targets):
            if target not in written.worst_to_best:
                span = reading.value("scales", scale, "maps_from", other, word, number)
                reading.found.append(problems.maps_off_the_scale(target, scale, span, written.worst_to_best))


def words_of_other_scales(mappings: Iterable[ScaleMapping]) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Own scale → word of another scale → the own words it can be, whichever scale it comes from."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for mapping in mappings:
        words = found.setdefault(mapping.scale, {})
        for word, own in mapping.words.items():
            words[word] = tuple(dict.fromkeys((*words.get(word, ()), *own)))
    return found
