"""How the window looks, which language it speaks, when it locks. Only the shell comes in."""
