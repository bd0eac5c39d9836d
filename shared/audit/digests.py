"""What is hashed of an entry and of a block: one wording, for sealing and for looking after it.

The text is JSON of texts alone, so that anybody can compute it again from an export without this
program: `["<id>", "<tenant>", …]`, separated by a comma and a blank, encoded as UTF-8. Instants are
microseconds since 1970, ids of records are joined by commas, changes are the text of the jsonb;
those of a read of some members only are `{"members": ["<name>", …]}`.
"""

from typing import Final

IS_READ: Final = "e.action = 'read'"
# The first wording: as entries were sealed that know no end user.
FIRST_DIGEST: Final = """sha256(convert_to(jsonb_build_array(
  e.id::text, e.tenant_id, trunc(extract(epoch from e.at) * 1000000)::bigint::text, e.actor,
  e.unit_id, e.client_id, e.action, e.record_kind, array_to_string(e.record_ids, ','), e.purpose,
  e.request_id, e.reason, coalesce(e.changes::text, ''))::text, 'UTF8'))"""
# An entry without one has the digest that it always had.
ENTRY_DIGEST: Final = f"""case when e.end_user = '' then {FIRST_DIGEST} else
  sha256(convert_to((jsonb_build_array(
  e.id::text, e.tenant_id, trunc(extract(epoch from e.at) * 1000000)::bigint::text, e.actor,
  e.unit_id, e.client_id, e.action, e.record_kind, array_to_string(e.record_ids, ','), e.purpose,
  e.request_id, e.reason, coalesce(e.changes::text, ''))
    || jsonb_build_array(e.end_user))::text, 'UTF8')) end"""
BLOCK_HASH: Final = """sha256(convert_to(jsonb_build_array(
  b.tenant_id, b.number::text, b.kind, b.entry_count::text,
  trunc(extract(epoch from b.sealed_at) * 1000000)::bigint::text, encode(b.root, 'hex'),
  encode(b.previous_hash, 'hex'))::text, 'UTF8'))"""
