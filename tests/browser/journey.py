"""The main job, step by step, as people do it: each function begins and ends on a page and says what must be there."""

import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from django.utils.translation import gettext, override, pgettext
from playwright.sync_api import Locator, expect

from tests.browser.windows import Window

REPLACED: Final = "art_3__para_1"
AFTER: Final = "art_10__para_1__subpara_c"
DELETED: Final = "art_4__para_3"

STOPS: Final = " .;؛"


@dataclass(frozen=True)
class Texts:
    """What a delegation and staff write in one language."""

    language: str
    direction: str
    replacement: str
    insertion: str
    reasons: tuple[str, str, str]
    general: str
    answers: tuple[str, str, str]

    def page_words(self, words: str, context: str = "") -> str:
        """Return words of the page in its language."""
        with override(self.language):
            return pgettext(context, words) if context else gettext(words)


TEXTS: Final = {
    "en": Texts(
        language="en",
        direction="ltr",
        replacement="every people and every person.",
        insertion="To hear those who will live with a decision before it is taken;",
        reasons=(
            "Peoples are made of persons, and the paragraph should say so.",
            "Taking part begins before a decision.",
            "Every generation has the same voice.",
        ),
        general="Our delegation thanks those who drafted the text.",
        answers=(
            "The words name those whom the paragraph is for.",
            "The thought is taken up in another place.",
            "The paragraph stays while States consider it.",
        ),
    ),
    "ar": Texts(
        language="ar",
        direction="rtl",
        replacement="كل شعب وكل فرد.",
        insertion="الاستماع إلى من ستمسهم القرارات قبل اتخاذها؛",
        reasons=(
            "تتكون الشعوب من أفراد، وينبغي أن تقول الفقرة ذلك.",
            "تبدأ المشاركة قبل اتخاذ القرار.",
            "لكل جيل الصوت نفسه.",
        ),
        general="يشكر وفدنا من صاغوا هذا النص.",
        answers=(
            "تسمي هذه الكلمات من كُتبت الفقرة لأجلهم.",
            "أُخذ بهذه الفكرة في موضع آخر.",
            "تبقى الفقرة ما دامت الدول تنظر فيها.",
        ),
    ),
}


@dataclass
class Journey:
    """One delegation's way through the site, in a language, with JavaScript or without."""

    texts: Texts
    has_scripts: bool
    delegation: str
    """The key of the delegation."""
    party: str
    """Its name in the language."""
    focal_point: str
    staff: str
    marked: list[dict[str, str]] = field(default_factory=list)
    """Which words each comment deletes and inserts."""

    def begin(self, window: Window) -> None:
        """Sign in as the focal point, begin a submission at the desk, and see that something is missing."""
        page, language = window.page, self.texts.language
        window.go(language, "")
        page.click(".strip .account a")
        window.fill_in_sign_in(self.focal_point)
        assert window.place == ""  # back where she came from
        page.click(f".site-nav a[href='/{language}/desk/']")
        self._check_frame(window)
        page.locator(f"[id$='-{self.delegation}'] form button").last.click()  # of the call that is open
        expect(page.locator("#missing li")).to_have_count(1)
        expect(page.locator("#submit")).to_have_count(0)

    def replace_words(self, window: Window) -> None:
        """Read the draft, open a clause from it, and propose other words for its last ones."""
        page, texts = window.page, self.texts
        page.click(f".site-nav a[href='/{texts.language}/drafts/']")
        page.click("main a[href$='/drafts/2/']")
        self._check_frame(window)
        page.click(f"#{REPLACED} a.clause__link")
        page.click("#comment-on-clause")
        page.check("[name=position][value=supports_with_amendment]")
        page.check("[name=operation][value=replace]")
        page.click("#prefill")
        present = page.input_value("#id_proposed_text")
        kept, last = present.rsplit(" ", 1)
        assert page.locator("#clause-words .words").inner_text().strip() == present
        page.fill("#id_proposed_text", f"{kept} {texts.replacement}")
        self._preview(window, deleted=last, inserted=texts.replacement)
        self._explain(window, 0)

    def insert_words(self, window: Window) -> None:
        """Choose a clause in the contents of the desk, and propose a new one after it."""
        page = window.page
        page.click("#add-comment")
        page.click(f"#{AFTER} .clause__side a")
        page.check("[name=target][value=after_clause]")
        page.check("[name=operation][value=insert]")
        page.fill("#id_proposed_text", self.texts.insertion)
        self._preview(window, inserted=self.texts.insertion)
        self._explain(window, 1)

    def delete_words(self, window: Window) -> None:
        """Propose to delete a clause."""
        page = window.page
        page.click("#add-comment")
        page.click(f"#{DELETED} .clause__side a")
        page.check("[name=position][value=opposes]")
        page.check("[name=operation][value=delete]")
        self._preview(window, deleted=page.locator("#clause-words .words").inner_text().strip())
        self._explain(window, 2)

    def submit(self, window: Window) -> None:
        """Say something general, see that nothing is missing, and file all of it once it has been asked."""
        page, texts = window.page, self.texts
        expect(page.locator("article.comment")).to_have_count(3)
        page.fill("#id_general_comment", texts.general)
        page.check("#id_consents_to_publication")
        page.check("#id_consents_to_attribution")
        page.click("#save-describe")
        expect(page.locator("#missing")).to_have_count(0)
        expect(page.locator("#next-title")).to_have_text(texts.page_words("Nothing is missing"))
        page.click("#submit")
        expect(page.locator("#filed-comments tbody tr")).to_have_count(3)
        page.click("#confirm")
        expect(page.locator("#next-title")).to_have_text(texts.page_words("Filed"))
        expect(page.locator("#id_general_comment")).to_have_count(0)

    def download(self, window: Window) -> None:
        """Fetch what was filed, as data and as a Word document."""
        page, texts = window.page, self.texts
        with page.expect_download() as fetched:
            page.click("#downloads a[href$='/json/']")
        content = json.loads(Path(fetched.value.path()).read_text(encoding="utf-8"))
        assert [comment["operation"] for comment in content["comments"]] == ["replace", "insert", "delete"]
        assert [comment["rationale"] for comment in content["comments"]] == list(texts.reasons)
        with page.expect_download() as fetched:
            page.click("#downloads a[href$='/docx/']")
        with zipfile.ZipFile(fetched.value.path()) as document:
            assert texts.reasons[2] in document.read("word/document.xml").decode()

    def sign_out(self, window: Window) -> None:
        """Leave the site."""
        window.page.click(".strip .account form button")
        expect(window.page.locator(".strip .account a")).to_be_visible()

    def answer(self, window: Window) -> None:
        """As staff, find what the delegation filed, decide, give the reasons and publish."""
        page, texts = window.page, self.texts
        window.sign_in(self.staff, texts.language)
        assert window.place == "staff/"
        self._check_frame(window)
        page.click(f".staff-nav a[href='/{texts.language}/staff/comments/']")
        page.select_option("[name=party]", self.delegation)
        page.select_option("[name=call]", index=1)
        page.click("form.filters button")
        expect(page.locator(".answer-row")).to_have_count(3)
        decisions = ("accepted", "accepted_in_part", "not_accepted")
        for reason, decision, answer in zip(texts.reasons, decisions, texts.answers, strict=True):
            row = page.locator(".answer-row").filter(has_text=reason)
            row.locator("[name$='-decision']").select_option(decision)
            row.locator("[name$='-reason']").fill(answer)
        if self.has_scripts:
            # One row alone, in place: what was typed in the others stays.
            row = page.locator(".answer-row").filter(has_text=texts.reasons[0]).filter(has_text=self.party)
            row.locator("[name=save-row]").click()
            expect(row.locator(".row-outcome")).to_have_text(texts.page_words("Saved."))
        page.click("#act-publish-complete")
        expect(page.locator(".answer-row--done")).to_have_count(3)

    def read(self, window: Window) -> None:
        """As somebody who is not signed in, find comment, redline and answer on the pages of the three clauses."""
        page, texts = window.page, self.texts
        for number, eid in enumerate((REPLACED, AFTER, DELETED)):
            window.go(texts.language, "drafts/2/")
            page.click(f"#{eid} a.clause__link--some")
            self._check_frame(window)
            assert window.place == f"drafts/2/clauses/{eid}/"
            expect(page.locator(".strip .account form")).to_have_count(0)
            comment = page.locator("article.comment").filter(has_text=texts.reasons[number]).filter(has_text=self.party)
            expect(comment.locator(".comment__who")).to_contain_text(self.party)
            expect(comment.locator(".answer")).to_contain_text(texts.answers[number])
            self._check_redline(comment.locator("p.redline"), **self.marked[number])

    def _check_frame(self, window: Window) -> None:
        page = window.page.locator("html")
        expect(page).to_have_attribute("lang", self.texts.language)
        expect(page).to_have_attribute("dir", self.texts.direction)

    def _preview(self, window: Window, *, deleted: str = "", inserted: str = "") -> None:
        """See the redline, and remember it: it comes by itself, or by its button where there are no scripts."""
        self.marked.append({"deleted": deleted, "inserted": inserted})
        if not self.has_scripts:
            window.page.click("#show-preview")
        self._check_redline(window.page.locator("#preview p.redline"), deleted=deleted, inserted=inserted)

    def _check_redline(self, redline: Locator, *, deleted: str = "", inserted: str = "") -> None:
        """See that exactly these words are marked; a mark may leave the stop at the end to the words that stay."""
        expect(redline).to_have_attribute("dir", self.texts.direction)
        for tag, words in (("del", deleted), ("ins", inserted)):
            marked = redline.locator(tag)
            if words:
                expect(marked.first).to_contain_text(words.split()[0].strip(STOPS))
            assert [text.strip(STOPS) for text in marked.all_text_contents()] == ([words.strip(STOPS)] if words else [])

    def _explain(self, window: Window, number: int) -> None:
        """Give the reasons, save, and find the comment in the submission."""
        page = window.page
        page.fill("#id_rationale", self.texts.reasons[number])
        page.click("#save")
        page.wait_for_url(re.compile(r"/desk/submissions/\d+/#comment-\d+$"))
        expect(page.locator("article.comment")).to_have_count(number + 1)
        expect(page.locator("article.comment").filter(has_text=self.texts.reasons[number])).to_be_visible()

    @property
    def of_delegation(self) -> list[Callable[[Window], None]]:
        """The delegation's steps, in their order."""
        return [
            self.begin,
            self.replace_words,
            self.insert_words,
            self.delete_words,
            self.submit,
            self.download,
            self.sign_out,
        ]
