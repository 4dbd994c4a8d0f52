"""What left, what waits, and the conflicts a person settles. Only the shell comes in."""
