"""Addresses of activities in the API, and of what shows them beside what was asked."""

from rest_framework.routers import SimpleRouter

from activities.api import views

router = SimpleRouter(use_regex_path=False)
router.register("activities", views.ActivityViewSet, "api-activity")
router.register("resolutions", views.AnsweredResolutionViewSet, "api-resolution")
router.register("requests", views.RequestViewSet, "api-request")
router.register("consultations", views.ConsultationViewSet, "api-consultation")
router.register("outcomes", views.OutcomeViewSet, "api-outcome")
router.register("deliverables", views.DeliverableViewSet, "api-deliverable")

urlpatterns = router.urls
