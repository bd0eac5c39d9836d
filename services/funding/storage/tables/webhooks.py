"""Where units hear of events, what was sent to them, and how each try ended."""

from services.funding.storage.tables.base import Table
from shared.database.columns_webhooks import (
    WebhookAttemptColumns,
    WebhookDeliveryColumns,
    WebhookEndpointColumns,
    attempt_arguments,
    delivery_arguments,
    endpoint_arguments,
)


class WebhookEndpointRow(WebhookEndpointColumns, Table, table=True):
    __tablename__ = "webhook_endpoint"
    __table_args__ = endpoint_arguments()


class WebhookDeliveryRow(WebhookDeliveryColumns, Table, table=True):
    __tablename__ = "webhook_delivery"
    __table_args__ = delivery_arguments()


class WebhookAttemptRow(WebhookAttemptColumns, Table, table=True):
    __tablename__ = "webhook_attempt"
    __table_args__ = attempt_arguments()
