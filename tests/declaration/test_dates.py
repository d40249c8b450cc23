import datetime as dt

import hypothesis
import pghistory.models
import pytest
from django.apps import apps
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from declaration.dates import MAX_LENGTH, DerivedDateField, PartialDate, PartialDateError, PartialDateField
from declaration.dates_display import display_moment
from declaration.dates_form import PartialDateFormField
from declaration.models import Document

# text, earliest, latest, precision
VALID = [
    ("", None, None, "unknown"),
    ("2012", "2012-01-01", "2012-12-31", "year"),
    ("2012-02", "2012-02-01", "2012-02-29", "month"),
    ("2011-02", "2011-02-01", "2011-02-28", "month"),
    ("2012-06-07", "2012-06-07", "2012-06-07", "day"),
    ("2012-06-07/2012-06-08", "2012-06-07", "2012-06-08", "range"),
    ("2012-06-07/2012-06-07", "2012-06-07", "2012-06-07", "range"),
    ("2008/2011-04", "2008-01-01", "2011-04-30", "range"),
    ("2012-06/2012", "2012-06-01", "2012-12-31", "range"),
    ("2012/2012-06-07", "2012-01-01", "2012-06-07", "range"),
    ("2011-08/..", "2011-08-01", None, "range"),
    ("../2012", None, "2012-12-31", "range"),
    ("XXXX-12-20", None, None, "recurring"),
    ("XXXX-02-29", None, None, "recurring"),
    ("2011~", "2011-01-01", "2011-12-31", "year"),
    ("2012-06~", "2012-06-01", "2012-06-30", "month"),
    ("2012-06-07~/2012-06-08~", "2012-06-07", "2012-06-08", "range"),
    ("0001-01-01", "0001-01-01", "0001-01-01", "day"),
    ("9999-12", "9999-12-01", "9999-12-31", "month"),
]
INVALID = [
    ("yesterday", "form"),
    ("12", "form"),
    ("2012-6", "form"),
    ("2012-06-7", "form"),
    ("2012/06/07", "form"),
    ("20120607", "form"),
    ("2012-06-07T10:00", "form"),
    ("2012?", "form"),
    ("2012~~", "form"),
    ("~2012", "form"),
    ("2012-13", "calendar"),
    ("2012-00", "calendar"),
    ("2012-02-30", "calendar"),
    ("2011-02-29", "calendar"),
    ("2012-06-00", "calendar"),
    ("0000", "calendar"),
    ("XXXX-02-30", "calendar"),
    ("XXXX-12", "form"),
    ("XXXX-12-20~", "form"),
    ("XXXX-12-20/..", "form"),
    ("XXXX", "form"),
    ("2012/", "form"),
    ("/2012", "form"),
    ("..", "form"),
    ("../..", "endless"),
    ("2012/2013/2014", "form"),
    ("2012//2013", "form"),
    ("2012/2013/", "form"),
    ("2013/2012", "order"),
    ("2012-06-08/2012-06-07", "order"),
    ("2012-07/2012-06-30", "order"),
    ("2012-06-07\n2", "form"),
    ("٢٠١٢", "form"),
    ("2012-06-07~/2012-06-08~x", "form"),
]


@pytest.mark.parametrize(("text", "earliest", "latest", "precision"), VALID)
def test_date_reads_every_form(text, earliest, latest, precision):
    date = PartialDate.parse(text)
    assert (date.edtf, date.precision) == (text, precision)
    assert date.earliest == (dt.date.fromisoformat(earliest) if earliest else None)
    assert date.latest == (dt.date.fromisoformat(latest) if latest else None)
    assert date.is_approximate == ("~" in text)
    assert bool(date) == bool(text)


@pytest.mark.parametrize(("text", "code"), INVALID)
def test_date_refuses_what_is_none_and_says_why(text, code):
    with pytest.raises(PartialDateError) as caught:
        PartialDate.parse(text)
    assert caught.value.code == code
    assert "%(" not in str(caught.value)


def test_error_names_the_text_and_what_to_write():
    with pytest.raises(PartialDateError, match=r"“2012-13” is not in the calendar"):
        PartialDate("2012-13")
    with pytest.raises(PartialDateError) as caught:
        PartialDate("x" * 100_000)
    assert len(str(caught.value)) < 400


def test_date_parses_dates_and_nothing():
    assert PartialDate.parse(dt.date(2012, 6, 7)) == PartialDate("2012-06-07")
    assert PartialDate.parse(dt.datetime(2012, 6, 7, 23, 0, tzinfo=dt.UTC)) == PartialDate("2012-06-07")
    assert PartialDate.parse(None) == PartialDate.parse(" ") == PartialDate()
    assert PartialDate.parse(" 2012 ") == PartialDate("2012")
    assert hash(PartialDate("2012")) == hash(PartialDate("2012"))


def test_dates_are_ordered_by_the_days_they_may_mean():
    in_order = ["../2012", "2011", "2011~", "2011-06-07", "2012-01", "2012", "2012/..", "2012-06-07", "XXXX-12-20", ""]
    mixed = [PartialDate(text) for text in reversed(in_order)]
    assert [date.edtf for date in sorted(mixed)] == in_order
    assert max(mixed) == PartialDate()
    assert PartialDate("2011") <= PartialDate("2011") < PartialDate("2012-06-07")


DISPLAYED = {
    "2012": ["2012", "2012", "2012", "2012", "2012", "2012年"],
    "2012-06": ["June 2012", "حزيران/يونيه 2012", "juin 2012", "junio de 2012", "июнь 2012 г.", "2012年6月"],
    "2012-06-01": [
        "1 June 2012",
        "1 حزيران/يونيه 2012",
        "1er juin 2012",
        "1 de junio de 2012",
        "1 июня 2012 г.",
        "2012年6月1日",
    ],
    "2012-06-07/2012-06-08": [
        "7–8 June 2012",
        "7–8 حزيران/يونيه 2012",
        "7–8 juin 2012",
        "7–8 de junio de 2012",
        "7–8 июня 2012 г.",
        "2012年6月7日至8日",
    ],
    "2012-06-30/2012-07-01": [
        "30 June – 1 July 2012",
        "30 حزيران/يونيه – 1 تموز/يوليه 2012",
        "30 juin – 1er juillet 2012",
        "30 de junio – 1 de julio de 2012",
        "30 июня – 1 июля 2012 г.",
        "2012年6月30日至7月1日",
    ],
    "2011-08/2012-12": [
        "August 2011 – December 2012",
        "آب/أغسطس 2011 – كانون الأول/ديسمبر 2012",
        "août 2011 – décembre 2012",
        "agosto de 2011 – diciembre de 2012",
        "август 2011 г. – декабрь 2012 г.",
        "2011年8月至2012年12月",
    ],
    "2008/2011": ["2008–2011", "2008–2011", "2008–2011", "2008–2011", "2008–2011", "2008–2011年"],
    "XXXX-12-20": [
        "20 December each year",
        "20 كانون الأول/ديسمبر من كل عام",
        "20 décembre de chaque année",
        "20 de diciembre de cada año",
        "20 декабря каждого года",
        "每年12月20日",
    ],
    "2011~": ["about 2011", "نحو عام 2011", "vers 2011", "hacia 2011", "около 2011 г.", "约2011年"],
    "2011-08/..": [
        "from August 2011",
        "منذ آب/أغسطس 2011",
        "depuis août 2011",
        "desde agosto de 2011",
        "с августа 2011 г.",
        "自2011年8月起",
    ],
    "../2012-05-03~": [
        "until 3 May 2012 (approximately)",
        "حتى 3 أيار/مايو 2012 (تقريبا)",
        "jusqu’au 3 mai 2012 (environ)",
        "hasta el 3 de mayo de 2012 (aproximadamente)",
        "до 3 мая 2012 г. (приблизительно)",
        "至2012年5月3日止(约)",
    ],
    "2012-06-07/2012-06-07": [
        "7 June 2012",
        "7 حزيران/يونيه 2012",
        "7 juin 2012",
        "7 de junio de 2012",
        "7 июня 2012 г.",
        "2012年6月7日",
    ],
}
LANGUAGES = ["en", "ar", "fr", "es", "ru", "zh"]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        (text, language, shown)
        for text, all_shown in DISPLAYED.items()
        for language, shown in zip(LANGUAGES, all_shown, strict=True)
    ],
)
def test_date_is_displayed_as_people_write_it(text, language, expected):
    # CLDR puts narrow spaces where people type plain ones.
    assert PartialDate(text).display(language).replace("\u2009", " ").replace("\u202f", " ") == expected


def test_str_is_in_the_language_of_the_page():
    date = PartialDate("2012-06")
    with translation.override("zh-hans"):
        assert str(date) == "2012年6月"
    with translation.override("en"):
        assert str(date) == "June 2012"
        assert str(PartialDate()) == ""


def test_moment_is_displayed_with_its_distance_from_greenwich():
    zone = dt.timezone(dt.timedelta(hours=5, minutes=45))
    moment = dt.datetime(2026, 11, 30, 18, 0, tzinfo=zone)
    assert display_moment(moment, "en") == "30 November 2026, 18:00 (GMT+5:45)"
    assert display_moment(moment.replace(tzinfo=dt.UTC), "fr") == "30 novembre 2026, 18:00 (UTC)"
    with pytest.raises(ValueError, match="time zone"):
        display_moment(moment.replace(tzinfo=None), "en")


# --- The database says the same ---


moments = st.one_of(
    st.dates(min_value=dt.date(1, 1, 1)).map(dt.date.isoformat),
    st.dates(min_value=dt.date(1, 1, 1)).map(lambda day: day.isoformat()[:7]),
    st.dates(min_value=dt.date(1, 1, 1)).map(lambda day: day.isoformat()[:4]),
    st.from_regex(r"[0-3][0-9]{3}-[01][0-9]-[0-3][0-9]", fullmatch=True),
    st.sampled_from(["..", "", "XXXX", "2012-02-30", "x"]),
)
marked = st.builds(lambda moment, mark: moment + mark, moments, st.sampled_from(["", "", "~"]))
texts = st.one_of(
    marked,
    st.builds(lambda start, end: f"{start}/{end}", marked, marked),
    st.from_regex(r"XXXX-[01][0-9]-[0-3][0-9]", fullmatch=True),
    st.text(alphabet="0129-/~.X", max_size=MAX_LENGTH),
)


def in_python(text):
    try:
        date = PartialDate(text)
    except PartialDateError:
        return text, False, None, None
    return text, True, date.earliest, date.latest


@hypothesis.settings(max_examples=20, deadline=None)
@given(st.lists(texts, min_size=50, max_size=150))
def test_database_reads_every_text_as_python_does(django_db_blocker, django_db_setup, sample):
    sample = [*sample, *(text for text, *_ in VALID), *(text for text, _ in INVALID)]
    sample = [text for text in sample if len(text) <= MAX_LENGTH]
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT t, travaux_edtf_valid(t), travaux_edtf_earliest(t), travaux_edtf_latest(t)"
            " FROM unnest(%s::text[]) WITH ORDINALITY AS rows(t, n) ORDER BY n",
            [sample],
        )
        assert cursor.fetchall() == [in_python(text) for text in sample]


@pytest.fixture
def document(db):
    return Document.objects.create(slug="a-report", title={"en": "A report"}, published_on="2012-06-07/2012-06-08")


def test_field_gives_a_date_and_its_days(document):
    assert document.published_on == PartialDate("2012-06-07/2012-06-08")
    assert document.published_on_earliest == dt.date(2012, 6, 7)
    document.published_on = "2013"
    assert document.published_on_latest == dt.date(2013, 12, 31)
    document.save()
    assert document.published_on_latest == dt.date(2013, 12, 31)
    stored = Document.objects.values_list("published_on", "published_on_earliest", "published_on_latest").get()
    assert stored == (PartialDate("2013"), dt.date(2013, 1, 1), dt.date(2013, 12, 31))


def test_days_can_be_read_without_the_date(document, django_assert_num_queries):
    only = Document.objects.only("published_on_latest").get()
    with django_assert_num_queries(0):
        assert only.published_on_latest == dt.date(2012, 6, 8)
    with django_assert_num_queries(1):
        assert only.published_on.edtf == "2012-06-07/2012-06-08"


def test_lists_are_filtered_by_the_days_and_by_the_text(document):
    assert Document.objects.filter(
        published_on_latest__gte="2012-06-08", published_on_earliest__lt="2012-06-08"
    ).exists()
    assert Document.objects.filter(published_on=PartialDate("2012-06-07/2012-06-08")).exists()
    assert Document.objects.filter(published_on__startswith="2012-06").exists()
    assert not Document.objects.filter(published_on="").exists()


def test_database_refuses_a_text_that_is_no_date(document):
    for text in ("2012-13", "../..", "2013/2012", "soon", "2012-02-30"):
        refused = pytest.raises(IntegrityError, match="declaration_document_published_on_edtf")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE declaration_document SET published_on = %s", [text])


def test_model_refuses_a_text_that_is_no_date_and_names_it(document):
    document.published_on = "2012-13"
    with pytest.raises(ValidationError) as caught:
        document.full_clean()
    assert "2012-13" in caught.value.message_dict["published_on"][0]
    with pytest.raises(PartialDateError), transaction.atomic():
        document.save()
    with pytest.raises(PartialDateError), transaction.atomic():
        Document.objects.update(published_on="soon")
    document.refresh_from_db()
    assert document.published_on.edtf == "2012-06-07/2012-06-08"
    document.full_clean()


def test_date_survives_a_fixture(document):
    text = serializers.serialize("json", [document])
    assert '"published_on": "2012-06-07/2012-06-08"' in text
    document.published_on = ""
    document.save()
    for item in serializers.deserialize("json", text):
        item.save()
    document.refresh_from_db()
    assert document.published_on_latest == dt.date(2012, 6, 8)


def test_audit_trail_keeps_the_date_and_not_what_follows_from_it(document):
    document.published_on = "2013"
    document.save()
    event_model = apps.get_model("declaration", "DocumentEvent")
    assert issubclass(event_model, pghistory.models.Event)
    assert list(event_model.objects.order_by("pgh_id").values_list("pgh_label", "published_on")) == [
        ("insert", PartialDate("2012-06-07/2012-06-08")),
        ("update", PartialDate("2013")),
    ]
    assert not any(isinstance(field, DerivedDateField) for field in event_model._meta.get_fields())


def test_migrations_know_each_column_once():
    loader = MigrationLoader(None)
    state = loader.project_state()
    fields = state.models["declaration", "document"].fields
    assert [name for name in fields if name.startswith("published_on")] == [
        "published_on",
        "published_on_earliest",
        "published_on_latest",
    ]
    rendered = state.apps.get_model("declaration", "document")
    names = [field.name for field in rendered._meta.get_fields()]
    assert len(names) == len(set(names))
    changes = MigrationAutodetector(state, ProjectState.from_apps(apps)).changes(loader.graph)
    assert "declaration" not in changes


def test_every_date_field_is_checked_by_the_database():
    tracked = [model for model in apps.get_models() if getattr(model, "pgh_tracked_model", None) is None]
    for model in tracked:
        names = {constraint.name for constraint in model._meta.constraints}
        for field in model._meta.local_fields:
            if isinstance(field, PartialDateField):
                assert f"{model._meta.app_label}_{model._meta.model_name}_{field.name}_edtf" in names


# --- Forms ---


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [
        ("2012-06", "2012-06"),
        (" 2012-06-07 / 2012-06-08 ", "2012-06-07/2012-06-08"),
        ("٢٠١٢-٠٦", "2012-06"),
        ("۲۰۱۲", "2012"),
        ("\u200f2012\u200e", "2012"),
        ("", ""),
    ],
)
def test_form_field_reads_what_people_type(typed, edtf):
    assert PartialDateFormField(required=False).clean(typed) == PartialDate(edtf)


def test_form_field_says_what_may_be_written():
    field = PartialDateFormField()
    with pytest.raises(ValidationError, match="is not a date this field can read"):
        field.clean("7 June 2012")
    with pytest.raises(ValidationError, match="is not in the calendar"):
        field.clean("2012-13")
    with pytest.raises(ValidationError, match="Write a date"):
        field.clean("")
    with pytest.raises(ValidationError):
        field.clean("2" * 1000)


def test_form_field_shows_the_text_and_sees_a_change():
    field = PartialDateFormField()
    assert field.prepare_value(PartialDate("2012-06")) == "2012-06"
    assert not field.has_changed(PartialDate("2012-06"), "2012-06")
    assert field.has_changed(PartialDate("2012-06"), "2012-07")


def test_model_form_uses_the_form_field():
    assert isinstance(Document._meta.get_field("published_on").formfield(), PartialDateFormField)
