"""Keys and what guards them: passphrase, key file, system keychain, process, sleep.

Services may come in; what goes out is `VaultKeys`, good for opening the base and nothing else.
Only `cryptography` makes ciphers here, only `keyring` reaches the system's keychain, and both
are loaded when first used, because the unlock window paints before them.
"""
