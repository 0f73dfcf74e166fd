"""Report to JSON, to text, and to the one sentence above both.

`json_report` is the contract of `--json`; `text_report` is for people; `headline` is shared by the
window and the terminal. Texts pass through a `translate` function, English without one.
"""
