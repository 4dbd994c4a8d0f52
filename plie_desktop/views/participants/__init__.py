"""Finding someone: search as one types, over every file of this laptop.

`ParticipantsPage(words)` and `ParticipantsPresenter(page, participants, dispatcher, words, go)`.
A destination whose `field` carries a text searches for it. Only the shell comes in.
"""
