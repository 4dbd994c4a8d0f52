"""Taking an intake with the person in front of you, saved answer by answer.

Only the shell comes in.
"""
