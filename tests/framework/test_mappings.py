"""What a vocabulary says of the scales of other versions."""

from comparison.small import FACTS, decision, rule, small_framework

RULES = decision(rule("fine", "heads is fine", "letter"), rule("rest", "heads is at most fair", "visit"))
MAPS = "maps_from: {marks: {low: [poor], middling: [poor, fair], high: [fine]}, colours: {red: [poor, fair, fine]}}"


def test_each_mapping_has_its_words_and_its_place(tmp_path):
    vocabulary = FACTS.replace("[poor, fair, fine],", f"[poor, fair, fine], {MAPS},")
    framework = small_framework(tmp_path, "one", RULES, vocabulary=vocabulary)
    first, second = framework.mappings
    assert (first.scale, first.from_scale) == ("quality", "marks")
    assert first.words == {"low": ("poor",), "middling": ("poor", "fair"), "high": ("fine",)}
    assert first.span.text == "marks"
    assert (second.from_scale, second.words) == ("colours", {"red": ("poor", "fair", "fine")})
    assert framework.scales["quality"].words == ("poor", "fair", "fine")


def test_without_any_there_are_none(tmp_path):
    assert small_framework(tmp_path, "one", RULES).mappings == ()
