"""The file of one person: who they are, what they said, where the pathway and the plan stand.

`ParticipantFilePage(words)` and
`ParticipantFilePresenter(page, participants, session, clock, dispatcher, words, go)`. Only the
shell comes in.
"""
