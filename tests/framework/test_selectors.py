"""The names of versions, taken apart: every part is found, and what has another shape is refused in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenpaper.framework.selectors import NoSuchVersion, Selected, read_selector


@pytest.mark.parametrize(
    "text, version, revision, options",
    [
        ("2026", "2026", "", ()),
        ("2026+a=b", "2026", "", (("a", "b"),)),
        ("2027-draft+a=b+c=d", "2027-draft", "", (("a", "b"), ("c", "d"))),
        ("2026@v1", "2026", "v1", ()),
        ("2026@HEAD~1+a=b+c=d", "2026", "HEAD~1", (("a", "b"), ("c", "d"))),
        ("2026@HEAD@{1}", "2026", "HEAD@{1}", ()),
        ("2026@feature/x+a=b", "2026", "feature/x", (("a", "b"),)),
        ("./drafts/2028", "./drafts/2028", "", ()),
        ("drafts/2028+a=b", "drafts/2028", "", (("a", "b"),)),
        ("/one+two=three/2028", "/one+two=three/2028", "", ()),
        ("/one+two/2028+a=b", "/one+two/2028", "", (("a", "b"),)),
        ("../c++/2028@v1+a=b", "../c++/2028", "v1", (("a", "b"),)),
        ("..", "..", "", ()),
        ("asof:2026-05-01", "asof:2026-05-01", "", ()),
        ("asof:2026-05-01@v1+a=b", "asof:2026-05-01", "v1", (("a", "b"),)),
        ("2026+a=b=c", "2026", "", (("a", "b=c"),)),
        ("", "", "", ()),
    ],
)
def test_a_name_has_these_parts(text, version, revision, options):
    assert read_selector(text) == Selected(version, revision, options)


@pytest.mark.parametrize(
    "text, said",
    [
        ("2026+", "not ``"),
        ("2026+a", "not `a`"),
        ("2026+a=", "not `a=`"),
        ("2026+=b", "not `=b`"),
        ("2026+a=b+", "not ``"),
        ("2026++a=b", "not ``"),
        ("2026@v1+a", "not `a`"),
        ("drafts/2028+a", "not `a`"),
        ("2026+a=b+a=c", "chooses twice for `a`"),
        ("2026+a=b+a=b", "chooses twice for `a`"),
        ("2026@", "after `@` stands a revision"),
        ("2026@+a=b", "after `@` stands a revision"),
        ("2026+a=b@v1", "the revision stands before the options, as in VERSION@REVISION+key=value"),
        ("drafts/2028+a=b@v1", "the revision stands before the options"),
    ],
)
def test_a_name_of_another_shape_is_refused(text, said):
    with pytest.raises(NoSuchVersion) as raised:
        read_selector(text)
    assert said in str(raised.value)
    assert f"`{text}`" in str(raised.value)


@pytest.mark.parametrize(
    "text, as_of, is_path",
    [
        ("asof:2026-05-01", "2026-05-01", False),
        ("asof:soon", "soon", False),
        ("2026", "", False),
        ("./2026", "", True),
        ("a/b", "", True),
        (".", "", True),
        ("..", "", True),
    ],
)
def test_a_day_and_a_path_are_told_from_an_id(text, as_of, is_path):
    selected = read_selector(text)
    assert (selected.as_of, selected.is_path) == (as_of, is_path)


LABELS = st.text("abc019_-", min_size=1, max_size=6)


@given(LABELS, st.just("") | LABELS, st.dictionaries(LABELS, LABELS, max_size=3))
def test_what_is_put_together_is_taken_apart_again(version, revision, options):
    text = version + (f"@{revision}" if revision else "") + "".join(f"+{key}={each}" for key, each in options.items())
    assert read_selector(text) == Selected(version, revision, tuple(options.items()))


@given(st.text("ab+=@/.:-", max_size=12))
def test_every_text_has_parts_or_is_refused(text):
    try:
        selected = read_selector(text)
    except NoSuchVersion:
        return
    assert all(name and option for name, option in selected.options)
    assert len(dict(selected.options)) == len(selected.options)
    assert text.startswith(selected.version)


@pytest.mark.parametrize(
    "named, revision, options",
    [("", "", ()), ("+a=b", "", (("a", "b"),)), ("@v1", "v1", ()), ("@feature/x+a=b", "feature/x", (("a", "b"),))],
)
def test_a_folder_on_the_way_may_have_an_at_in_its_name(tmp_path, named, revision, options):
    folder = tmp_path / "team@home" / "c++" / "2028"
    folder.mkdir(parents=True)
    (folder / "framework.yaml").write_text("framework: f\n")
    assert read_selector(f"{folder}{named}") == Selected(str(folder), revision, options)


def test_a_text_that_is_too_long_for_a_path_is_no_fault():
    assert read_selector("/" + "a" * 5000 + "@v1").revision == "v1"
