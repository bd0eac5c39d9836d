"""What the database says no with, as refusals. First match wins: from special to general."""

import asyncpg

from shared.database.bound_role import RoleTooStrong
from shared.kernel.errors import NotPermitted
from shared.web.problems import (
    AlreadyExists,
    ConstraintViolated,
    FaultTable,
    ReferenceUnknown,
    TemporarilyUnavailable,
)

LOST_DATABASE = (
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.TooManyConnectionsError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.QueryCanceledError,
    asyncpg.LockNotAvailableError,
    asyncpg.DeadlockDetectedError,
    asyncpg.SerializationError,
    # A migration changed a table under a prepared statement: the next try prepares anew.
    asyncpg.InvalidCachedStatementError,
    asyncpg.OutdatedSchemaCacheError,
    # Somebody set it up wrongly: nothing is read or written until that is mended.
    RoleTooStrong,
)

DATABASE_FAULTS: FaultTable = (
    ((asyncpg.UniqueViolationError, asyncpg.ExclusionViolationError), AlreadyExists),
    ((asyncpg.ForeignKeyViolationError,), ReferenceUnknown),
    ((asyncpg.CheckViolationError, asyncpg.NotNullViolationError), ConstraintViolated),
    ((asyncpg.InsufficientPrivilegeError,), NotPermitted),
    ((asyncpg.DataError,), ConstraintViolated),
    (LOST_DATABASE, TemporarilyUnavailable),
)
