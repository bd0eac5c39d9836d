"""What the services, the gateway and the tools have in common."""

import gc

# Modules, models, routes and statements stay as long as the process. Looked through after every
# 700 new objects, as is usual, they made a fifth of every start.
gc.set_threshold(50_000)
