"""Exit codes: 0 done, 1 findings, 2 usage or input that cannot be read, 70 a fault of greenpaper's own."""

DONE, FINDINGS, UNUSABLE, OUR_FAULT = 0, 1, 2, 70
