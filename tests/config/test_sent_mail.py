"""Mail on a machine of one's own is kept in files, few enough, and shown on a page that is nowhere else."""

from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse

from config import sent_mail

pytestmark = pytest.mark.django_db

LIST = "/en/sent-mail/"


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.EMAIL_BACKEND = "config.sent_mail.EmailBackend"
    settings.SENT_MAIL_ROOT = tmp_path / "mail"
    settings.SHOW_SENT_MAIL = True
    return tmp_path / "mail"


def send(subject: str, body: str = "Body") -> None:
    EmailMessage(subject, body, to=["ana@example.org"], connection=get_connection()).send()


def test_mail_is_shown_as_it_was_sent_the_newest_first(client: Any, folder: Path) -> None:
    send("The first")
    send("الدعوة <b>", "See https://example.org/a:b/\n<script>alert(1)</script>")
    page = client.get(LIST)
    assert [sent.subject for sent in page.context["page_obj"]] == ["الدعوة <b>", "The first"]
    assert "<b>" not in page.content.decode()
    detail = client.get(reverse("sent-mail-detail", args=[page.context["page_obj"][0].name])).content.decode()
    assert 'href="https://example.org/a:b/"' in detail
    assert "<script>alert" not in detail


def test_page_says_that_nothing_was_sent(client: Any, folder: Path) -> None:
    assert "No mail was sent yet" in client.get(LIST).content.decode()


def test_only_so_many_are_kept(folder: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(sent_mail, "KEPT", 3)
    for number in range(5):
        send(f"{number}")
    assert [sent.subject for sent in sent_mail.list_sent()] == ["4", "3", "2"]
    assert len(list(folder.iterdir())) == 3


def test_other_files_are_neither_shown_nor_removed(client: Any, folder: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(sent_mail, "KEPT", 1)
    folder.mkdir()
    (folder / "secrets.eml").write_text("Subject: secret")
    send("A")
    send("B")
    assert (folder / "secrets.eml").exists()
    for name in ("secrets", "20260101T000000000000-00000000"):
        assert client.get(reverse("sent-mail-detail", args=[name])).status_code == 404


def test_there_is_no_such_page_elsewhere(client: Any, folder: Path, settings: Any) -> None:
    send("A")
    [sent] = sent_mail.list_sent()
    settings.SHOW_SENT_MAIL = False
    assert client.get(LIST).status_code == 404
    assert client.get(reverse("sent-mail-detail", args=[sent.name])).status_code == 404
    assert LIST not in client.get("/en/").content.decode()


def test_folder_that_cannot_be_written_is_like_a_mail_server_that_is_away(folder: Path) -> None:
    folder.write_text("no folder")
    with pytest.raises(OSError, match="mail"):
        send("A")
