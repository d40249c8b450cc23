"""What packages say to readers, and their own catalogues lack, or say wrongly, in at least one of our languages.

Nothing imports this module: it names the messages to the extraction, and a translation in our catalogues goes before a
package's own. A message stays here as long as one of the six languages needs it.
"""

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

# django.contrib.auth: passwords, and people in the admin
ngettext_lazy(
    "This password is too short. It must contain at least %d character.",
    "This password is too short. It must contain at least %d characters.",
)
_("Conflicting form data submitted. Please try again.")
_("Password-based authentication")
_("Password-based authentication was disabled.")
_("Reset password")
_("Set password: %s")
_("Enabled")
_("Disabled")
_("Raw passwords are not stored, so there is no way to see the user’s password.")
_("Enable password-based authentication for this user by setting a password.")
_(
    "Whether the user will be able to authenticate using a password or not. If disabled, they may still be able to "
    "authenticate using other backends, such as Single Sign-On or LDAP."
)
_("After you’ve created a user, you’ll be able to edit more user options.")

# allauth: in its Arabic the second step is a ministry of foreign affairs, and stray letters begin two sentences
_("MFA")
_("Two-Factor Authentication")
_("Cancel")
_("Generate")
_("Request Code")
_("Your email has been changed from %(from_email)s to %(to_email)s.")
_(
    "You are receiving this email because you, or someone else, tried to access an account with email %(email)s. "
    "However, we do not have any record of such an account in our database."
)

_("Email address")
_("Email Address")

# django.utils.timesince: in its Arabic one day is "1 day", and two are "2 days"
ngettext_lazy("%(num)d year", "%(num)d years", "num")
ngettext_lazy("%(num)d month", "%(num)d months", "num")
ngettext_lazy("%(num)d week", "%(num)d weeks", "num")
ngettext_lazy("%(num)d day", "%(num)d days", "num")
ngettext_lazy("%(num)d hour", "%(num)d hours", "num")
ngettext_lazy("%(num)d minute", "%(num)d minutes", "num")

# django.contrib.admin, django.forms and django.db
_("Model name")
_("Add link")
_("Change or view list link")
_("Constraint “%(name)s” is violated.")
_("%(model)s instance with %(field)s %(value)r is not a valid choice.")
ngettext_lazy("Please submit at most %(num)d form.", "Please submit at most %(num)d forms.")
ngettext_lazy("Please submit at least %(num)d form.", "Please submit at least %(num)d forms.")

# pghistory: the button that leads to the audit trail
_("Events")

# django_filters
_("Multiple values may be separated by commas.")
_("Range query expects two values.")

# rest_framework and knox: what the API answers
_("A valid biginteger is required.")
_("A valid number is required.")
_("Authentication credentials were not provided.")
_("Could not satisfy the request Accept header.")
_("Date has wrong format. Use one of these formats instead: {format}.")
_("Datetime has wrong format. Use one of these formats instead: {format}.")
_("Ensure this field has at least {min_length} elements.")
_("Ensure this field has no more than {max_length} elements.")
_("Expected a date but got a datetime.")
_("Expected a datetime but got a date.")
_('Expected a dictionary of items but got type "{input_type}".')
_('Expected a list of items but got type "{input_type}".')
_("Expected available in {wait} second.")
_("Expected available in {wait} seconds.")
_("Incorrect authentication credentials.")
_("Incorrect type. Expected pk value, received {data_type}.")
_("Invalid data. Expected a dictionary, but got {datatype}.")
_("Invalid input.")
_("Invalid page.")
_('Invalid pk "{pk_value}" - object does not exist.')
_("Invalid token header. No credentials provided.")
_("Invalid token header. Token string should not contain spaces.")
_("Malformed request.")
_('Method "{method}" not allowed.')
_("Must be a valid boolean.")
_("Not a valid string.")
_("Object with {slug_name}={value} does not exist.")
_("Request was throttled.")
_("String value too large.")
_("The fields {field_names} must make a unique set.")
_("This dictionary may not be empty.")
_("This list may not be empty.")
_("This selection may not be empty.")
_('Unsupported media type "{media_type}" in request.')
