"""Many records: frames of every kind, streams, samples. Needs the extra `frames`; nothing else in the engine does."""

FRAMES = frozenset({"narwhals", "numpy", "pyarrow"})
WITHOUT_FRAMES = "many records need the extra `frames`: pip install 'greenpaper[frames]'"
