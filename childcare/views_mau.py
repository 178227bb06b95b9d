from childcare.views import healthz as components
