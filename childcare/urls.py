"""Every address of the product. Order is that of the menu."""

from django.urls import include, path

from childcare import views, views_mau

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("phien", views.session_token, name="session-token"),
    path("mau", views_mau.components, name="components"),
    path("", include("childcare.accounts.urls")),
    path("", include("childcare.units.urls")),
    path("", include("childcare.documents.urls")),
    path("", include("childcare.children.urls")),
    path("", include("cases.urls")),
    path("", include("cases.urls_papers")),
    path("", include("plans.urls")),
    path("", include("reports.urls")),
]
handler400 = "childcare.views.bad_request"
handler403 = "childcare.views.forbidden"
handler404 = "childcare.views.not_found"
handler500 = "childcare.views.server_error"
