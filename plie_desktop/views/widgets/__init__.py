"""Controls that pages share: they show, they report what the person did, they decide nothing.

Every control receives its words already translated, tells a screen reader what it is, can be
used with the keyboard alone and takes its colours from `views.qt.theme`. All features come in.
"""
