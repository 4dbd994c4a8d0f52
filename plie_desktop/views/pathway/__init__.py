"""The pathway of one person: steps in time, gaps, objectives and meetings.

`PathwayPage(words)` and `PathwayPresenter(page, planning, clock, dispatcher, words, go)`, where
`Planning` names the services it takes. Only the shell comes in.
"""
