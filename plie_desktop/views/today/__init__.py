"""What this day asks for: meetings, parked intakes, questions left for later, gaps.

Only the shell comes in.
"""
