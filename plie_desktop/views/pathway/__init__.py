"""The pathway of one person: steps in time, gaps, objectives and meetings.

`PathwayPage(words)` and
`PathwayPresenter(page, pathways, participants, clock, dispatcher, words, go)`. Only the shell
comes in.
"""
