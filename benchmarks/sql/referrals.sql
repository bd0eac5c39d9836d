-- The referrals that half of the cases came from; their contents are gone, as after the storage
-- period. What `cases.sql` calls `plan` is computed again, from the same numbers.

-- step: identifiers
create or replace function pg_temp.id_of(kind int, at timestamptz, n bigint) returns uuid
immutable language sql as $$
  select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7'
          || lpad(to_hex(kind), 3, '0') || '8' || lpad(to_hex(n), 15, '0'))::uuid $$;

-- step: referrals
insert into referral (id, tenant_id, version, state, mode, service_code, topic, purpose, urgency,
  language, interpreter_needed, municipality_ags, age_band, sender_unit, recipient_unit,
  rules_version, ground_kind, ground_code, covers_feedback, subject_digest, problems, created_at,
  updated_at, submitted_at, delivered_at, answered_at, owner_unit)
select pg_temp.id_of(4, made_at, n), tenant_id, 4, 'ACCEPTED', 'ZUSTEUERUNG_IN', 'CASE_MANAGEMENT',
  'SCHOOL_CHILDCARE', 'CASE_MANAGEMENT', 'ROUTINE', 'ukr', true, ags, 'ADULT_27_64',
  sender, unit_id, 1, null, null, true, sha256(n::text::bytea), '[]', made_at,
  made_at + interval '1 day', made_at, made_at, made_at + interval '1 day', sender
from (select n, timestamptz '2020-01-02 08:00Z' + (n::float8 / {count}) * interval '2100 days'
               as made_at
      from generate_series(2, {count}, 2) n) g
join bench_unit u on u.slot = n * 31 % 10;

-- step: statistics
vacuum analyze;
