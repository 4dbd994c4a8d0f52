"""What support is told of a vault."""

import sys

import pytest


def test_a_sound_vault_says_what_guards_it(desk):
    report = desk.services.doctor.examine()
    assert report.is_sound
    assert report.findings == ()
    assert report.cipher_version
    assert (report.journal_mode, report.synchronous) == ("wal", "FULL")
    assert report.participants == 12
    assert report.waiting == desk.services.synchronisation.status().waiting
    assert not report.has_keychain
    assert report.is_practice


def test_nothing_of_a_report_is_personal(desk):
    told = repr(desk.services.doctor.examine())
    assert "Essai" not in told
    assert "ESSAI" not in told


@pytest.mark.skipif(sys.platform == "win32", reason="rights are inherited there")
def test_a_folder_open_to_others_is_found(desk):
    desk.folder.chmod(0o755)
    report = desk.services.doctor.examine()
    assert not report.is_sound
    assert any("autres comptes" in finding for finding in report.findings)
