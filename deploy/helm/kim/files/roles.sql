-- The database and the roles of one service. Run by psql as administrator, as often as you like:
--
--   KIM_OWNER_PASSWORD=… KIM_APP_PASSWORD=… KIM_RELAY_PASSWORD=… \
--     psql --set=service=cases --set=database=kim_cases --file=deploy/postgres/roles.sql
--
-- kim_<service>_owner       owns database and tables; migrations only
-- kim_<service>_app         the HTTP process; owns nothing, row-level security binds it
-- kim_<service>_relay       the worker; likewise
-- kim_<service>_statistics  nobody logs in as it; owns the reviewed functions that count across
--                           units, so that they see more than their callers
-- kim_<service>_audit       nobody logs in as it; owns the functions that seal the audit log, end
--                           what is past its time and tell whose data were looked at
--
-- Passwords come by environment, never by argument: arguments are visible to every user.

\set ON_ERROR_STOP on
\getenv owner_password KIM_OWNER_PASSWORD
\getenv app_password KIM_APP_PASSWORD
\getenv relay_password KIM_RELAY_PASSWORD

select 'kim_' || :'service' || '_owner' as owner, 'kim_' || :'service' || '_app' as app,
       'kim_' || :'service' || '_relay' as relay,
       'kim_' || :'service' || '_statistics' as statistics,
       'kim_' || :'service' || '_audit' as audit
\gset

-- One at a time: two at once would change the same role. The lock falls with this session.
select pg_advisory_lock(hashtext('kim-roles'))
\gset

-- Passwords must not reach the server's log.
set log_statement = 'none';
set log_min_error_statement = 'panic';

select format('create role %I', name)
from unnest(array[:'owner', :'app', :'relay', :'statistics', :'audit']) as wanted (name)
where not exists (select from pg_roles where rolname = name)
\gexec

alter role :"owner" login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password :'owner_password';
alter role :"app" login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password :'app_password';
alter role :"relay" login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password :'relay_password';
alter role :"statistics" nologin nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
alter role :"audit" nologin nosuperuser nocreatedb nocreaterole noreplication nobypassrls;

-- The owner may hand a function over to these two, but does not act with their rights.
grant :"statistics", :"audit" to :"owner" with inherit false, set true, admin false;

select format('create database %I owner %I', :'database', :'owner')
where not exists (select from pg_database where datname = :'database')
\gexec

alter database :"database" owner to :"owner";
revoke all on database :"database" from public;
-- Nobody but the administrator has business in the databases that every cluster begins with; who
-- sits in template1 would keep every new database from being made.
revoke all on database postgres from public;
revoke all on database template1 from public;
grant connect on database :"database" to :"app", :"relay", :"owner";
-- The audit log lies in a schema of its own; nobody who logs in may create anything in either.
alter database :"database" set search_path = public, audit;

-- The keys of records lie in a database of their own, whose backups are kept apart and briefly. On
-- a server of its own it is made by this file as well, run there with the same variables.
select :'service' in ('cases', 'referrals') as has_keys, :'database' || '_keys' as keys
\gset
\if :has_keys
select format('create database %I owner %I', :'keys', :'owner')
where not exists (select from pg_database where datname = :'keys')
\gexec
alter database :"keys" owner to :"owner";
revoke all on database :"keys" from public;
grant connect on database :"keys" to :"app", :"owner";
\connect :"keys"
revoke all on schema public from public;
revoke execute on function lo_create(oid), lo_creat(integer), lo_from_bytea(oid, bytea) from public;
grant usage, create on schema public to :"owner";
grant usage on schema public to :"app";
\endif

\connect :"database"
-- Nobody but the owner creates anything; what the others may use the migrations say.
revoke all on schema public from public;
-- Large objects know no row-level security: nobody makes any.
revoke execute on function lo_create(oid), lo_creat(integer), lo_from_bytea(oid, bytea) from public;
grant usage, create on schema public to :"owner";
grant create on schema public to :"statistics";
grant usage on schema public to :"app", :"relay", :"statistics";
