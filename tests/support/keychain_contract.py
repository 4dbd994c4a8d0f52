"""What every keychain does, whichever it is; its users inherit these tests."""

VAULT = "0f" * 16
OTHER = "f0" * 16
SECRET = bytes(range(32))


class KeychainContract:
    """A test class that inherits this gives a fixture `keychain`, empty and unlocked."""

    def test_unknown_vault_has_no_secret(self, keychain):
        assert keychain.get(VAULT) is None

    def test_secret_comes_back_as_it_was_put(self, keychain):
        keychain.put(VAULT, SECRET)
        assert keychain.get(VAULT) == SECRET

    def test_each_vault_has_its_own_secret(self, keychain):
        keychain.put(VAULT, SECRET)
        keychain.put(OTHER, SECRET[::-1])
        assert keychain.get(VAULT) == SECRET
        assert keychain.get(OTHER) == SECRET[::-1]

    def test_second_put_replaces_the_first(self, keychain):
        keychain.put(VAULT, SECRET)
        keychain.put(VAULT, SECRET[::-1])
        assert keychain.get(VAULT) == SECRET[::-1]

    def test_removed_secret_is_gone_and_the_others_stay(self, keychain):
        keychain.put(VAULT, SECRET)
        keychain.put(OTHER, SECRET)
        keychain.remove(VAULT)
        assert keychain.get(VAULT) is None
        assert keychain.get(OTHER) == SECRET

    def test_removing_what_is_not_there_changes_nothing(self, keychain):
        keychain.put(OTHER, SECRET)
        keychain.remove(VAULT)
        assert keychain.get(OTHER) == SECRET

    def test_it_has_a_name_for_support(self, keychain):
        assert keychain.name
