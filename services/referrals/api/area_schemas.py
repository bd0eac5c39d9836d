"""Areas as they are sent: whole municipalities and parts of one."""

from typing import Annotated, Literal

from pydantic import Field

from services.referrals.api.fields import AreaKey, Latitude, Longitude, Street, StreetNumber
from services.referrals.domain.areas import Parity
from shared.web.fields import Ags, RequestModel

Point = tuple[Longitude, Latitude]


class MunicipalitiesBody(RequestModel):
    """Whole municipalities (8 digits) or districts (5 digits)."""

    kind: Literal["MUNICIPALITIES"]
    keys: Annotated[list[AreaKey], Field(min_length=1, max_length=400)]


class DistrictsBody(RequestModel):
    """Named parts of one municipality."""

    kind: Literal["DISTRICTS"]
    ags: Ags
    names: Annotated[list[Street], Field(min_length=1, max_length=200)]


class StreetSectionBody(RequestModel):
    street: Street
    from_number: StreetNumber | None = None
    to_number: StreetNumber | None = None
    parity: Parity = Parity.ALL


class StreetsBody(RequestModel):
    """A street list inside one municipality."""

    kind: Literal["STREETS"]
    ags: Ags
    sections: Annotated[list[StreetSectionBody], Field(min_length=1, max_length=5000)]


class ShapeBody(RequestModel):
    """A closed ring of [longitude, latitude] inside one municipality."""

    kind: Literal["SHAPE"]
    ags: Ags
    ring: Annotated[list[Point], Field(min_length=4, max_length=5000)]


AreaBody = Annotated[
    MunicipalitiesBody | DistrictsBody | StreetsBody | ShapeBody, Field(discriminator="kind")
]
PartBody = Annotated[DistrictsBody | StreetsBody | ShapeBody, Field(discriminator="kind")]
