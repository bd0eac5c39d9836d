"""An OpenID Connect issuer for development: real protocol, invented people, no passwords."""
