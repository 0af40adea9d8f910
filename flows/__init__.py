"""Thin Prefect flows around the package: they add schedule, retries and a record of every run.

Importing this package sets Prefect's defaults for a quiet local run; an environment variable that is
already set wins. Worker and server read the same variables (CONTRIBUTING.md lists them).
"""

import os

from cem_nlp.resources import repository

_DEFAULTS = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    # The embedded server takes 16 to 26 s to start on two cores; Prefect's own limit of 20 s is too short.
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    # The package's own messages reach Prefect's record of the run.
    "PREFECT_LOGGING_EXTRA_LOGGERS": "cem_nlp",
}

for _name, _value in _DEFAULTS.items():
    os.environ.setdefault(_name, _value)
if (_checkout := repository()) is not None:
    os.environ.setdefault("PREFECT_HOME", str(_checkout / ".prefect"))
