"""Settings of the case service: every variable begins with `CASES_`."""

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from shared.web.settings import KeeperSettings, secrets_folder


class Settings(KeeperSettings):
    model_config = SettingsConfigDict(
        env_prefix="CASES_", extra="forbid", frozen=True, secrets_dir=secrets_folder()
    )

    port: int = Field(8001, ge=1, le=65535, description="Port to listen on.")
    worker_port: int = Field(8011, ge=1, le=65535, description="Health port of the worker.")
    contact_attempts_min: int = Field(
        3, ge=1, le=20, description="Documented tries before contact may be called lost."
    )
    reopening_days: int = Field(
        180, ge=0, le=3650, description="Days after closing in which a case may be reopened."
    )
    emergency_access_minutes: int = Field(
        60, ge=5, le=1440, description="Minutes after which an emergency access ends by itself."
    )
    deletion_years: int = Field(
        3, ge=1, le=30, description="Years after the year of closing until a case is erased."
    )
    declined_deletion_days: int = Field(
        180, ge=1, le=3650, description="Days until a declined request is erased."
    )
    small_cell_min: int = Field(
        3, ge=2, le=50, description="Smallest figure above zero that a report shows."
    )
    information_languages: tuple[str, ...] = Field(
        ("deu", "de", "eng", "en", "ukr", "uk", "ara", "ar", "tur", "tr", "fas", "fa", "rus", "ru"),
        description="Languages (ISO 639) in which notices and consent texts exist, as a JSON list.",
    )
    erasure_services: tuple[str, ...] = Field(
        ("referrals",),
        description="Services that confirm before a case counts as erased, as a JSON list.",
    )
    rights_services: tuple[str, ...] = Field(
        ("funding", "referrals"),
        description="Services asked what they hold of a person who asks for access, as a JSON"
        " list.",
    )
    rights_warn_days: int = Field(
        7, ge=1, le=28, description="Days before the end of a legal time limit at which it is told."
    )
    rights_timer_s: float = Field(
        900.0, gt=0, description="Seconds between two looks for time limits of data subjects."
    )
    access_export_days: int = Field(
        30, ge=1, le=365, description="Days for which an assembled access export is kept."
    )
    rights_evidence_years: int = Field(
        3, ge=1, le=10, description="Years for which an ended request of a data subject is kept."
    )
    documents_location: str = Field(
        ".state/documents",
        description="Where documents lie: a folder, or s3://bucket (keys from AWS_* variables).",
    )
    document_bytes_max: int = Field(
        25_000_000, ge=1, le=500_000_000, description="Largest document in bytes."
    )
    documents_scanner: str = Field(
        "", description="host:port of clamd, which scans uploads; empty: nothing is scanned."
    )
    object_removal_timer_s: float = Field(
        60.0, gt=0, description="Seconds between two removals of erased documents' content."
    )
    import_bytes_max: int = Field(
        500_000_000, ge=1, le=5_000_000_000, description="Largest file of an import in bytes."
    )
    import_batch_rows: int = Field(
        200, ge=1, le=1000, description="Rows of an import in one transaction."
    )
    import_report_days: int = Field(
        90, ge=1, le=730, description="Days that the report of an import is kept after its end."
    )
    import_timer_s: float = Field(
        2.0, gt=0, description="Seconds between two looks for imports to run."
    )
    retention_timer_s: float = Field(
        30.0, gt=0, description="Seconds between two looks for rules, records and lists to follow."
    )
    document_rescan_timer_s: float = Field(
        60.0, gt=0, description="Seconds between two scans of documents that wait for the scanner."
    )
    object_sweep_timer_s: float = Field(
        3600.0, gt=0, description="Seconds between two sweeps of objects without a document."
    )
    object_sweep_grace_s: float = Field(
        86_400.0, ge=600, description="Seconds for which an object without a document is left."
    )
    search_key_timer_s: float = Field(
        300.0, gt=0, description="Seconds between two looks for search keys of older rules."
    )
    consent_timer_s: float = Field(
        600.0, gt=0, description="Seconds between two looks for consents that begin or end."
    )
