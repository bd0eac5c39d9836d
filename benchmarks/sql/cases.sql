-- One statement to a step; {count} cases over the units in `bench_unit`, names from `bench_name`.
-- Free text is left out: it would have to be sealed under the key of its case, which only the
-- service holds.

-- step: identifiers
create or replace function pg_temp.id_of(kind int, at timestamptz, n bigint) returns uuid
immutable language sql as $$
  select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7'
          || lpad(to_hex(kind), 3, '0') || '8' || lpad(to_hex(n), 15, '0'))::uuid $$;

-- step: plan
create temp table plan as
select n, made_at, made_at::date as opened_on, u.tenant_id, u.unit_id, u.actor, u.ags, u.sender,
       pg_temp.id_of(1, made_at, n) as case_id, pg_temp.id_of(2, made_at, n) as person_id,
       case when n % 4 = 0 then pg_temp.id_of(3, made_at, n) end as family_id,
       case when n % 2 = 0 then pg_temp.id_of(4, made_at, n) end as referral_id,
       case when r < 5 then 1 when r < 12 then 2 when r < 22 then 3 when r < 32 then 4
            when r < 40 then 5 when r < 60 then 6 when r < 65 then 7 when r < 92 then 8
            else 9 end as place
from (select n, n * 7919 % 100 as r,
             timestamptz '2020-01-02 08:00Z' + (n::float8 / {count}) * interval '2100 days'
               as made_at
      from generate_series(1, {count}) n) g
join bench_unit u on u.slot = n * 31 % 10;
create index on plan (n);
analyze plan;

-- step: persons
insert into person (id, tenant_id, unit_id, family_name, given_names, original_name, name_key,
  birth_date, birth_date_precision, gender, nationalities, languages, residence_group,
  disputed_fields, version, created_at, updated_at)
select id, tenant_id, unit_id, family_name, given_names, original_name, name_key, birth_date, 'DAY',
  case n % 2 when 0 then 'FEMALE' else 'MALE' end, '{475}', array[language], 'OTHER_UNKNOWN', '{}',
  1, made_at, made_at
from (select n, tenant_id, unit_id, made_at, person_id as id, n as name from plan
      union all
      select n, tenant_id, unit_id, made_at, pg_temp.id_of(5 + k, made_at, n), n * 3 + k
      from plan, generate_series(1, 2) k where family_id is not null) who
join bench_name on bench_name.slot = who.name % (select count(*) from bench_name);

-- step: search keys
insert into person_search (id, tenant_id, unit_id, person_id, latin_key, original_key, spelled_key,
  sounds, skeletons, match_keys, keys_version)
select id, tenant_id, unit_id, id, latin_key, original_key, spelled_key, sounds, skeletons,
  match_keys, keys_version
from (select n, tenant_id, unit_id, person_id as id, n as name from plan
      union all
      select n, tenant_id, unit_id, pg_temp.id_of(5 + k, made_at, n), n * 3 + k
      from plan, generate_series(1, 2) k where family_id is not null) who
join bench_name on bench_name.slot = who.name % (select count(*) from bench_name);

-- step: families
insert into family (id, tenant_id, unit_id, version, created_at, updated_at)
select family_id, tenant_id, unit_id, 1, made_at, made_at from plan where family_id is not null;

-- step: members of families
insert into family_member (id, tenant_id, unit_id, family_id, person_id, role, from_on)
select pg_temp.id_of(8 + k, made_at, n), tenant_id, unit_id, family_id,
  case k when 0 then person_id else pg_temp.id_of(5 + k, made_at, n) end,
  (array['CLIENT', 'PARTNER', 'CHILD'])[k + 1], opened_on
from plan, generate_series(0, 2) k where family_id is not null;

-- step: cases
insert into case_record (id, tenant_id, unit_id, reference, origin, state, state_since, opened_on,
  closed_on, decline_reason, closing_reason, person_id, family_id, municipality_ags,
  is_area_resolved, referral_id, case_manager, other_basis, other_basis_reason,
  is_processing_restricted, is_under_legal_hold, is_staff_related, is_child_protection,
  deletion_due_on, erasure_confirmed_by, version, created_at, updated_at)
select case_id, tenant_id, unit_id, 'KIM-2019-' || lpad(n::text, 8, '0'),
  case when referral_id is null then 'SELF_CONTACT' else 'REFERRAL' end,
  (array['REQUESTED', 'INTAKE', 'ASSESSMENT', 'PLANNING', 'LINKING', 'MONITORING', 'EVALUATION',
         'CLOSED', 'DECLINED'])[place],
  opened_on + place * 10, opened_on, case when place >= 8 then opened_on + place * 10 end,
  case when place = 9 then 'NO_COMPLEX_NEED' end, case when place = 8 then 'GOALS_REACHED' end,
  person_id, family_id, ags, true, referral_id, case when place between 2 and 8 then actor end,
  'PUBLIC_TASK', 'Aufgabe nach § 9 TIntG NRW', false, false, false, false,
  case when place >= 8 then date '2040-12-31' end, '{}', place, made_at, made_at
from plan;

-- step: files
insert into case_file (id, tenant_id, unit_id) select case_id, tenant_id, unit_id from plan;

-- step: history of phases
insert into case_phase (id, tenant_id, unit_id, case_id, position, from_state, to_state, action,
  rule, on_date, at, actor)
select pg_temp.id_of(16 + k, made_at, n), tenant_id, unit_id, case_id, k,
  case when k > 1 then s[k - 1] end,
  case when place = 9 and k = 2 then 'DECLINED' else s[k] end,
  case when place = 9 and k = 2 then 'decline' else a[k] end,
  case when place = 9 and k = 2 then 'C3' else r[k] end,
  opened_on + k * 10, made_at + k * interval '10 days', actor
from plan,
  (select array['REQUESTED', 'INTAKE', 'ASSESSMENT', 'PLANNING', 'LINKING', 'MONITORING',
                'EVALUATION', 'CLOSED'] as s,
          array['request', 'assign', 'open', 'finish-assessment', 'agree-plan', 'start-measures',
                'evaluate', 'close'] as a,
          array['C1', 'C2', 'C4', 'C7', 'C8', 'C9', 'C13', 'C14'] as r) steps,
  lateral generate_series(1, case place when 9 then 2 else place end) k;

-- step: staff
insert into staff_member (id, tenant_id, unit_id, actor, is_active, bound_to_secrecy_on,
  is_state_recognised, version, updated_at)
select gen_random_uuid(), tenant_id, unit_id, actor, true, '2021-02-01', true, 1, now()
from bench_unit group by tenant_id, unit_id, actor;

-- step: statistics
vacuum analyze;
