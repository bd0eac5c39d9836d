-- The keys of one service's records, in a database of their own: `<database>_keys`.
-- Backups of it are kept apart and briefly; what is destroyed here is forgotten in every backup
-- of the records. Run by the migrations, under the owner's role, as often as you like.
create table if not exists data_key (
  id uuid not null,
  tenant_id varchar(5) not null,
  holder uuid not null,
  part varchar(40) not null,
  record uuid not null,
  generation int not null,
  reader varchar(520) not null,
  wrapped bytea not null,
  created_at timestamptz not null default clock_timestamp(),
  constraint pk_data_key primary key (tenant_id, holder, part, record, generation, reader)
);
create unique index if not exists uq_data_key_id on data_key (tenant_id, id, reader);
create table if not exists destroyed_key (
  tenant_id varchar(5) not null,
  holder uuid not null,
  part varchar(40) not null,
  destroyed_at timestamptz not null default clock_timestamp(),
  constraint pk_destroyed_key primary key (tenant_id, holder, part)
);
alter table data_key enable row level security;
alter table data_key force row level security;
alter table destroyed_key enable row level security;
alter table destroyed_key force row level security;

-- A key that names a reader is seen by that person alone: not by a deputy, not by the service.
drop policy if exists app_rows on data_key;
create policy app_rows on data_key for select to :app using (
  tenant_id = (select current_setting('app.tenant', true))
  and reader in ('', (select current_setting('app.actor', true))));
drop policy if exists app_adds on data_key;
create policy app_adds on data_key for insert to :app with check (
  tenant_id = (select current_setting('app.tenant', true)));
drop policy if exists owner_rows on data_key;
create policy owner_rows on data_key to :owner using (true) with check (true);
drop policy if exists app_rows on destroyed_key;
create policy app_rows on destroyed_key for select to :app using (
  tenant_id = (select current_setting('app.tenant', true)));
drop policy if exists owner_rows on destroyed_key;
create policy owner_rows on destroyed_key to :owner using (true) with check (true);
revoke all on data_key, destroyed_key from public;
grant select, insert on data_key to :app;
grant select on destroyed_key to :app;

-- Everything of one holder, or a part of it, of whichever reader. The tenant is the caller's.
-- What was destroyed, and when the record was erased, stays: it is by this list that a restored
-- backup of the records is known.
create or replace function destroy_keys(gone uuid, of_part text, erased_at timestamptz) returns int
language sql security definer set search_path = public, pg_temp as $$
  with deleted as (
    delete from data_key
     where tenant_id = current_setting('app.tenant', true) and holder = gone
       and (of_part = '' or part = of_part)
    returning 1),
  noted as (
    insert into destroyed_key (tenant_id, holder, part, destroyed_at)
    values (current_setting('app.tenant', true), gone, of_part, erased_at)
    on conflict (tenant_id, holder, part) do update
      set destroyed_at = greatest(destroyed_key.destroyed_at, excluded.destroyed_at))
  select count(*)::int from deleted
$$;
create or replace function destroy_keys(gone uuid, of_part text) returns int
language sql security definer set search_path = public, pg_temp as $$
  select destroy_keys(gone, of_part, clock_timestamp())
$$;
-- The list, in the order of its key, for the system alone.
create or replace function destroyed_after(
  last_tenant text, last_holder uuid, last_part text, rows_max int)
returns table (tenant_id text, holder uuid, part text, erased_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select d.tenant_id, d.holder, d.part, d.destroyed_at from destroyed_key d
   where (d.tenant_id, d.holder, d.part) > (last_tenant, last_holder, last_part)
     and (select current_setting('app.roles', true)) = ',system,'
   order by d.tenant_id, d.holder, d.part limit rows_max
$$;
revoke all on function destroy_keys(uuid, text) from public;
revoke all on function destroy_keys(uuid, text, timestamptz) from public;
revoke all on function destroyed_after(text, uuid, text, int) from public;
grant execute on function destroy_keys(uuid, text) to :app;
grant execute on function destroy_keys(uuid, text, timestamptz) to :app;
grant execute on function destroyed_after(text, uuid, text, int) to :app;
