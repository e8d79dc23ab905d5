"""httpx clients without certificates: nothing here is encrypted, and loading them for every client takes longer than all the rest."""

from functools import partial

import httpx

Client = partial(httpx.Client, verify=False)
AsyncClient = partial(httpx.AsyncClient, verify=False)
